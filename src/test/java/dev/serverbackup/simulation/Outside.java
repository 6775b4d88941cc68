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
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** A process's ways to the outside. Where a rule is switched off, calls on some are changed. */
final class Outside {
    final InstantSource clock;
    final FakeServers servers;
    Function<Instant, BackupRequest> slotRequests = SimulatedSchedule::request;
    private final Map<Class<?>, Object> ways = new HashMap<>();

    /** Those of a delivery. */
    Outside(InstantSource clock, FakeServers servers, AuditRepository audit, BackupService backups) {
        this.clock = clock;
        this.servers = servers;
        add(AuditRepository.class, audit);
        add(BackupService.class, backups);
    }

    private <T> void add(Class<T> type, T way) {
        ways.put(type, way);
    }

    /** All that there are. */
    static Outside of(SimulatedSystem system, Worker worker) {
        TableAccess access = new TableAccess(worker, system.timeline);
        SimulatedBackupService service = new SimulatedBackupService(system, worker);
        Outside outside =
                new Outside(worker, system.service.servers, access.to(AuditRepository.class, system.table), service);
        outside.add(
                FollowUpRepository.class,
                access.to(FollowUpRepository.class, new FollowUpTable(system, worker.faults::lag)));
        outside.add(
                NotificationPublisher.class, (sent, sendBefore) -> system.notifications.sent(worker, sent, sendBefore));
        outside.add(BackupDeletion.class, service);
        outside.add(BackupQuota.class, service);
        outside.add(
                VerificationRepository.class,
                access.to(VerificationRepository.class, system.verified.judging(system.verifications)));
        outside.add(BackupOperations.class, new SimulatedOperations(worker, system.timeline, system.verified));
        outside.add(CheckpointRepository.class, access.to(CheckpointRepository.class, system.schedule));
        return outside;
    }

    <T> T to(Class<T> type) {
        return type.cast(ways.get(type));
    }

    /** @param change answers each call of the method */
    <T> Outside change(Class<T> type, String method, Function<Call<T>, Object> change) {
        add(type, Call.each(type, to(type), call -> call.name().equals(method) ? change.apply(call) : call.go()));
        return this;
    }
}
