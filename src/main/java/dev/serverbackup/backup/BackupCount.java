package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;

/** Counts the backups of a server in the audit table. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface BackupCount {
    /**
     * Counts a server's good backups that are not deleted. Counting ends at {@code most}, so that a server's whole
     * history is never read. A backup that has just ended may not be counted yet.
     */
    int undeleted(ServerName server, int most);
}
