package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Instant;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/**
 * The contract of OpsWorks CM's backups (API 2016-11-01), whatever carries it out. Nothing that the service answers is
 * thrown. One object serves one run, or one pass of the follow-up: what it reads by {@link #prepare} it keeps just that
 * long. Implementations are safe for use by several threads.
 */
public interface BackupService {
    /**
     * Reads by pages what {@link #createBackup} has to know of these servers, so that no attempt reads a list while its
     * lease runs. What has been read is not read again. If it can't be read whole, the attempts are refused with an
     * error that is tried again.
     *
     * @param turn waits for a turn before each call; false if no call may begin any more
     */
    default void prepare(Collection<Server> servers, BooleanSupplier turn) {
        // A backend that knows no more than its own answer reads nothing ahead.
    }

    /**
     * Asks for a backup; not idempotent: the API has no client token. The call is over, whatever its result, within the
     * call time-out that the implementation was given. It is sent again on throttling only.
     *
     * @param server one that {@link #prepare} was given, with its tags where they are known
     * @param description at most 10,000 characters; comes back unchanged in {@link #backupsOf}
     * @param sendBefore nothing is sent at or after this instant, not for the first time and not again
     */
    BackupResult createBackup(Server server, String description, Instant sendBefore);

    /**
     * Looks at the server's backups. A new one may be shown late, within the visibility delay. Idempotent.
     *
     * @param since older backups may be missing
     */
    ListResult backupsOf(ServerName server, Instant since);

    /** Looks a backup up by its id. Idempotent. */
    FindResult backup(String backupId);

    /**
     * Lists by pages how the backups of all servers stand: one call for a page, instead of one for each backup.
     * Idempotent.
     *
     * @param since older backups may be missing
     * @param turn is asked before each page; false ends the listing there
     */
    default BackupStates states(Instant since, BooleanSupplier turn) {
        return BackupStates.UNKNOWN;
    }
}
