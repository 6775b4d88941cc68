package dev.serverbackup.local.opsworkscm.account;

/** OpsWorks CM's server states, under the API's names. */
public enum ServerStatus {
    BACKING_UP,
    CONNECTION_LOST,
    CREATING,
    DELETING,
    MODIFYING,
    FAILED,
    HEALTHY,
    RUNNING,
    RESTORING,
    SETUP,
    UNDER_MAINTENANCE,
    UNHEALTHY,
    TERMINATED;

    /** Whether the API allows a backup to be created in this state. */
    public boolean allowsBackup() {
        return this == RUNNING || this == HEALTHY || this == UNHEALTHY;
    }
}
