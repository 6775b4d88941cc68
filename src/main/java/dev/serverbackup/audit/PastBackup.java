package dev.serverbackup.audit;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Optional;

/**
 * The backup of a {@code SUCCEEDED} entry.
 *
 * @param backend the backend that made it
 * @param backup as the entry describes it
 * @param finishedAt when the audit learned that it is good
 * @param isDeletionIntended whether the entry says that the backup is about to be deleted; the call may have been made
 *     or not
 * @param deletionId the id of the last deletion that was accepted; empty if none was, or if the service gives none
 */
public record PastBackup(
        RunId runId,
        ServerName serverName,
        BackupBackend backend,
        Backup backup,
        Instant finishedAt,
        boolean isDeletionIntended,
        Optional<String> deletionId) {

    /** @throws java.util.NoSuchElementException if the entry has not succeeded */
    public static PastBackup of(Entry succeeded) {
        return new PastBackup(
                succeeded.runId(),
                succeeded.serverName(),
                succeeded.backend(),
                succeeded.backup().orElseThrow(),
                succeeded.finishedAt().orElseThrow(),
                false,
                Optional.empty());
    }

    /** The same backup, about to be deleted. */
    public PastBackup intended(Optional<String> lastDeletion) {
        return new PastBackup(runId, serverName, backend, backup, finishedAt, true, lastDeletion);
    }

    /** Its id at the service. */
    public String backupId() {
        return backup.id();
    }
}
