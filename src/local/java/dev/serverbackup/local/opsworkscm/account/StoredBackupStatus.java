package dev.serverbackup.local.opsworkscm.account;

/** OpsWorks CM's backup states, under the API's names. */
public enum StoredBackupStatus {
    IN_PROGRESS,
    OK,
    FAILED,
    DELETING
}
