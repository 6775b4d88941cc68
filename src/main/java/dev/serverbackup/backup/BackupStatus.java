package dev.serverbackup.backup;

/** A backup's status at its service (OpsWorks CM API, {@code Backup.Status}). */
public enum BackupStatus {
    IN_PROGRESS,
    OK,
    FAILED,
    DELETING,
    /** A status that is not documented; treated as not finished. */
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
