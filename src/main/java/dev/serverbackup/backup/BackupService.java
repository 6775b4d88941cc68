package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;
import java.time.Instant;

/**
 * The contract of OpsWorks CM's backups (API 2016-11-01), whatever carries it out. Nothing that the service answers is
 * thrown. Implementations are safe for use by several threads.
 */
public interface BackupService {
    /**
     * Asks for a backup; not idempotent: the API has no client token. The call is over, whatever its result, within the
     * call time-out that the implementation was given. It is sent again on throttling only.
     *
     * @param description at most 10,000 characters; comes back unchanged in {@link #backupsOf}
     * @param sendBefore nothing is sent at or after this instant, not for the first time and not again
     */
    BackupResult createBackup(ServerName server, String description, Instant sendBefore);

    /** Looks at the server's backups. A new one may be shown late, within the settle time. Idempotent. */
    Listing backupsOf(ServerName server);

    /** Looks a backup up by its id. Idempotent. */
    Lookup backup(String backupId);
}
