package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.CheckpointRepository;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.request.BackupRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** A process's ways to the outside. Where a rule is switched off, others take the place of some. */
final class Outside {
    final InstantSource clock;
    final FakeServers servers;
    AuditRepository audit;
    BackupService backups;
    FollowUpRepository repository;
    NotificationPublisher notifications;
    BackupDeletion deletion;
    BackupQuota quota;
    VerificationRepository verifications;
    BackupOperations operations;
    CheckpointRepository checkpoints;
    Function<Instant, BackupRequest> slotRequests = SimulatedSchedule::request;

    /** Those of a delivery. */
    Outside(InstantSource clock, FakeServers servers, AuditRepository audit, BackupService backups) {
        this.clock = clock;
        this.servers = servers;
        this.audit = audit;
        this.backups = backups;
    }

    /** All that there are. */
    Outside(Stage stage, Worker worker) {
        TableAccess access = new TableAccess(worker, stage.world);
        SimulatedBackupService service = new SimulatedBackupService(stage, worker);
        clock = worker;
        servers = stage.service.servers;
        audit = access.to(AuditRepository.class, stage.table);
        backups = service;
        repository = access.to(FollowUpRepository.class, new FollowUpTable(stage, access::lag));
        notifications = (sent, sendBefore) -> stage.notifications.sent(worker, sent, sendBefore);
        deletion = service;
        quota = service;
        verifications = access.to(VerificationRepository.class, stage.verified.judging(stage.verifications));
        operations = new SimulatedOperations(worker, stage.world, stage.verified);
        checkpoints = access.to(CheckpointRepository.class, stage.schedule);
    }
}
