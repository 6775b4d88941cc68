package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.CheckpointRepository;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.request.BackupRequest;
import java.time.Instant;
import java.util.function.Function;

/** A pass's ways to the outside. */
record Outside(
        AuditRepository audit,
        BackupService backups,
        FollowUpRepository repository,
        NotificationPublisher notifications,
        BackupDeletion deletion,
        VerificationRepository verifications,
        BackupOperations operations,
        CheckpointRepository checkpoints,
        Function<Instant, BackupRequest> slotRequests) {
    Outside with(AuditRepository other) {
        return new Outside(
                other,
                backups,
                repository,
                notifications,
                deletion,
                verifications,
                operations,
                checkpoints,
                slotRequests);
    }

    Outside with(BackupService other) {
        return new Outside(
                audit,
                other,
                repository,
                notifications,
                deletion,
                verifications,
                operations,
                checkpoints,
                slotRequests);
    }

    Outside with(FollowUpRepository other) {
        return new Outside(
                audit, backups, other, notifications, deletion, verifications, operations, checkpoints, slotRequests);
    }

    Outside with(NotificationPublisher other) {
        return new Outside(
                audit, backups, repository, other, deletion, verifications, operations, checkpoints, slotRequests);
    }

    Outside with(BackupDeletion other) {
        return new Outside(
                audit, backups, repository, notifications, other, verifications, operations, checkpoints, slotRequests);
    }

    Outside with(VerificationRepository other) {
        return new Outside(
                audit, backups, repository, notifications, deletion, other, operations, checkpoints, slotRequests);
    }

    Outside with(BackupOperations other) {
        return new Outside(
                audit, backups, repository, notifications, deletion, verifications, other, checkpoints, slotRequests);
    }

    Outside with(CheckpointRepository other) {
        return new Outside(
                audit, backups, repository, notifications, deletion, verifications, operations, other, slotRequests);
    }

    Outside withSlotRequests(Function<Instant, BackupRequest> other) {
        return new Outside(
                audit, backups, repository, notifications, deletion, verifications, operations, checkpoints, other);
    }
}
