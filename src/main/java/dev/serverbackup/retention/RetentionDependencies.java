package dev.serverbackup.retention;

import dev.serverbackup.audit.BackupHistory;
import dev.serverbackup.backup.BackupDeletion;

/** What retention works with. All safe for use by several threads. */
public record RetentionDependencies(RetentionRule rule, BackupHistory history, BackupDeletion deletion) {}
