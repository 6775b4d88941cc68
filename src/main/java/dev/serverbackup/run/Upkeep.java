package dev.serverbackup.run;

import dev.serverbackup.audit.AuditFigures;
import dev.serverbackup.audit.BackupHistory;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupQuota;

/**
 * What a pass of the follow-up works with beside following up: to delete what retention does not keep, and to measure.
 * What goes wrong with it holds no row up. All safe for use by several threads.
 */
public record Upkeep(
        RetentionRule retention,
        BackupHistory history,
        BackupDeletion deletion,
        BackupQuota quota,
        AuditFigures figures) {}
