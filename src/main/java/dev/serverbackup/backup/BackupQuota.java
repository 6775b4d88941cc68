package dev.serverbackup.backup;

/**
 * The account's limit on the manual backups of all servers together. Implementations are safe for use by several
 * threads.
 */
@FunctionalInterface
public interface BackupQuota {
    /**
     * Asks the service ({@code DescribeAccountAttributes}). Idempotent; an error of the service is returned, not
     * thrown.
     */
    Quota manualBackups();
}
