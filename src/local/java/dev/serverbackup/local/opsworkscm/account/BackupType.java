package dev.serverbackup.local.opsworkscm.account;

/** Who asked for a backup: the service's own schedule, or somebody. Only MANUAL ones count towards the limit. */
public enum BackupType {
    AUTOMATED,
    MANUAL
}
