package dev.serverbackup.backup;

/** What a backup's own service says of it (OpsWorks CM API, {@code Backup.Status}). */
public enum BackupStatus {
    IN_PROGRESS,
    OK,
    FAILED,
    DELETING,
    /** A word that the API's documents do not know; treated as not finished. */
    UNRECOGNISED;

    static BackupStatus of(String word) {
        for (BackupStatus status : values()) {
            if (status.name().equals(word)) {
                return status;
            }
        }
        return UNRECOGNISED;
    }
}
