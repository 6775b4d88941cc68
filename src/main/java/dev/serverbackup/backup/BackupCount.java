package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;

/** How many backups servers have, as the audit knows them. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface BackupCount {
    /**
     * Counts a server's good backups that are not deleted, but no further than {@code most}: a server's whole history
     * is never read. What has just ended may not be counted yet.
     */
    int undeleted(ServerName server, int most);
}
