package dev.serverbackup.backup;

/** The account's limit of manual backups, all servers together. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface BackupQuota {
    /** Asks the service ({@code DescribeAccountAttributes}). Idempotent; nothing that the service answers is thrown. */
    Quota manualBackups();
}
