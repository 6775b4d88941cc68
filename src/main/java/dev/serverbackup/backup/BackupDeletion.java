package dev.serverbackup.backup;

/** Deletes backups. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface BackupDeletion {
    /**
     * Asks for a backup's deletion ({@code DeleteBackup}), whatever its type: who may be deleted is for the caller to
     * know. Idempotent: repeating it is harmless. Nothing that the service answers is thrown. The call is over within
     * the call time-out that the implementation was given.
     */
    DeletionResult delete(String backupId);
}
