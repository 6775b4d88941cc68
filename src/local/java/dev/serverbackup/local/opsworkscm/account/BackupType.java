package dev.serverbackup.local.opsworkscm.account;

/** What asked for a backup: the service's own schedule, or a caller. Only MANUAL ones count towards the limit. */
public enum BackupType {
    AUTOMATED,
    MANUAL
}
