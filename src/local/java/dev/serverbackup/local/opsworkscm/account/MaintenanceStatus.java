package dev.serverbackup.local.opsworkscm.account;

/** How the latest maintenance of a server ended, under the API's names. */
public enum MaintenanceStatus {
    SUCCESS,
    FAILED
}
