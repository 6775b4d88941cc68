package dev.serverbackup.backup;

import java.util.Optional;

/** Deletes backups. Implementations are safe for use by several threads. */
public interface BackupDeletion {
    /**
     * Asks for a backup's deletion, whatever its type: which may be deleted is for the caller to know. Idempotent:
     * repeating it is harmless, and tells what has become of the deletion that was accepted before. Nothing that the
     * service answers is thrown. The call is over within the call time-out that the implementation was given.
     *
     * @param backup as the audit describes it
     * @param accepted what the last deletion that was {@link DeletionResult.Accepted} is known by
     */
    DeletionResult delete(Backup backup, Optional<String> accepted);

    /**
     * Whether the service lists every backup that it has, however old it is. Where it does not, the audit alone knows
     * what there is.
     */
    boolean listsAllBackups();
}
