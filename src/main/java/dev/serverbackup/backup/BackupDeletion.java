package dev.serverbackup.backup;

import java.util.Optional;

/** Deletes backups. Implementations are safe for use by several threads. */
public interface BackupDeletion {
    /**
     * Asks for a backup's deletion, whatever its type: the caller decides which backups may be deleted. Idempotent: a
     * repeated call also reports the result of the deletion that was accepted before. An error of the service is
     * returned, not thrown. The call ends within the call time-out that the implementation was given.
     *
     * @param backup as the audit describes it
     * @param accepted the id of the last deletion that was {@link DeletionResult.Accepted}
     */
    DeletionResult delete(Backup backup, Optional<String> accepted);

    /**
     * Whether the service lists every backup that it has, however old. If it does not, only the audit knows which
     * backups there are.
     */
    boolean listsAllBackups();
}
