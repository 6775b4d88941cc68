package dev.serverbackup.simulation;

import dev.serverbackup.audit.Table;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.notification.NotificationPublisher;

/** A pass's ways to the outside. */
record Outside(Table table, BackupService backups, NotificationPublisher notifications, BackupDeletion deletion) {
    Outside with(Table other) {
        return new Outside(other, backups, notifications, deletion);
    }

    Outside with(BackupService other) {
        return new Outside(table, other, notifications, deletion);
    }

    Outside with(NotificationPublisher other) {
        return new Outside(table, backups, other, deletion);
    }

    Outside with(BackupDeletion other) {
        return new Outside(table, backups, notifications, other);
    }
}
