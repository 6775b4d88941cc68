package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.BackupHistory;
import dev.serverbackup.audit.OpenRows;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.notice.Notices;

/** A pass's ways to the outside. */
record Outside(
        AuditTrail audit,
        BackupService backups,
        OpenRows open,
        Notices notices,
        BackupHistory history,
        BackupDeletion deletion) {
    Outside with(AuditTrail other) {
        return new Outside(other, backups, open, notices, history, deletion);
    }

    Outside with(BackupService other) {
        return new Outside(audit, other, open, notices, history, deletion);
    }

    Outside with(OpenRows other) {
        return new Outside(audit, backups, other, notices, history, deletion);
    }

    Outside with(Notices other) {
        return new Outside(audit, backups, open, other, history, deletion);
    }

    Outside with(BackupDeletion other) {
        return new Outside(audit, backups, open, notices, history, other);
    }

    Outside with(BackupHistory other) {
        return new Outside(audit, backups, open, notices, other, deletion);
    }
}
