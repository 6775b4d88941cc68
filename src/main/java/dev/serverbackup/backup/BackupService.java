package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Instant;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/**
 * The contract of OpsWorks CM's backups (API 2016-11-01), which every backend implements. An error of the service is
 * returned, not thrown. One object is for one run, or one pass of the follow-up: it keeps what {@link #prepare} has
 * read. Implementations are safe for use by several threads.
 */
public interface BackupService {
    /**
     * Reads in advance, page by page, what {@link #createBackup} needs to know of these servers, so that no attempt
     * reads a list while its lease runs. What has been read is not read again. If a part can't be read, the attempts
     * are refused with a retryable error.
     *
     * @param permit waits for the rate limiter before each call; false if no call may begin any more
     */
    default void prepare(Collection<Server> servers, BooleanSupplier permit) {
        // A backend that needs nothing but the response to its call reads nothing in advance.
    }

    /**
     * Asks for a backup; not idempotent: the API has no client token. The call ends, whatever its result, within the
     * call time-out that the implementation was given. The request is sent again only if it is throttled.
     *
     * @param server one that {@link #prepare} was given, with its tags if they are known
     * @param description at most 10,000 characters; {@link #backupsOf} returns it unchanged
     * @param sendBefore nothing is sent at or after this instant, not for the first time and not again
     */
    BackupResult createBackup(Server server, String description, Instant sendBefore);

    /**
     * Lists the server's backups. A new one may be shown late, within the visibility delay. Idempotent.
     *
     * @param since older backups may be missing
     */
    ListResult backupsOf(ServerName server, Instant since);

    /** Looks a backup up by its id. Idempotent. */
    FindResult backup(String backupId);

    /**
     * Lists the states of the backups of all servers: one call for a page, instead of one for each backup. Idempotent.
     *
     * @param since older backups may be missing
     * @param permit waits for the rate limiter before each page; false ends the listing
     */
    default BackupStates states(Instant since, BooleanSupplier permit) {
        return BackupStates.UNKNOWN;
    }
}
