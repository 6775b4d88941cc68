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

    /** Whether maintenance, or a change of an engine attribute, may begin in this state. */
    public boolean allowsMaintenance() {
        return this == HEALTHY || this == UNHEALTHY;
    }

    /** Whether a backup may be restored to a server in this state. */
    public boolean allowsRestoration() {
        return this == CONNECTION_LOST || this == HEALTHY || this == RUNNING || this == UNHEALTHY || this == TERMINATED;
    }

    /** Whether an operation is in progress that ends by itself, and meanwhile no other may begin. */
    public boolean isBusy() {
        return switch (this) {
            case BACKING_UP, CREATING, MODIFYING, RESTORING, SETUP, UNDER_MAINTENANCE -> true;
            case CONNECTION_LOST, DELETING, FAILED, HEALTHY, RUNNING, UNHEALTHY, TERMINATED -> false;
        };
    }
}
