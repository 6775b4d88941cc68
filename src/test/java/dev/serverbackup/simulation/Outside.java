package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.notification.NotificationPublisher;

/** A pass's ways to the outside. */
record Outside(
        AuditRepository audit,
        BackupService backups,
        FollowUpRepository repository,
        NotificationPublisher notifications,
        BackupDeletion deletion) {
    Outside with(AuditRepository other) {
        return new Outside(other, backups, repository, notifications, deletion);
    }

    Outside with(BackupService other) {
        return new Outside(audit, other, repository, notifications, deletion);
    }

    Outside with(FollowUpRepository other) {
        return new Outside(audit, backups, other, notifications, deletion);
    }

    Outside with(NotificationPublisher other) {
        return new Outside(audit, backups, repository, other, deletion);
    }

    Outside with(BackupDeletion other) {
        return new Outside(audit, backups, repository, notifications, other);
    }
}
