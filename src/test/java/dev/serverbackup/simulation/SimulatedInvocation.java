package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.CheckpointRepository;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.followup.FollowUp;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.RunReport;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.schedule.MissedSlots;
import dev.serverbackup.server.ServersUnavailableException;
import dev.serverbackup.server.Targets;
import dev.serverbackup.simulation.Tally.Tried;
import dev.serverbackup.verification.VerificationPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The real code in a worker's process: one delivery of an event, or one pass of the follow-up. */
final class SimulatedInvocation {
    private final SimulatedSystem system;
    private final Worker worker;
    private final Outside outside;
    private final RunDependencies dependencies;

    private SimulatedInvocation(SimulatedSystem system, Worker worker, Consumer<Outside> breakRule) {
        this.system = system;
        this.worker = worker;
        this.outside = Outside.of(system, worker);
        breakRule.accept(outside);
        this.dependencies = new RunDependencies(
                outside.to(AuditRepository.class),
                BackupBackend.OPSWORKS_CM,
                outside.to(BackupService.class),
                system.broken.timeouts,
                new Backoff(Scenario.TIMEOUTS.retryDelay(), system.timeline.chance),
                worker,
                worker::nextAttempt,
                Metrics.NONE);
    }

    static void startDelivery(SimulatedSystem system, Worker worker, RunId runId) {
        worker.start(() -> new SimulatedInvocation(system, worker, system.broken.inDeliveries).deliver(runId));
    }

    /** @param server of which somebody says that its backup has ended; absent: a pass over all */
    static void startPass(SimulatedSystem system, Worker worker, Optional<ServerName> server) {
        worker.start(() -> new SimulatedInvocation(system, worker, ways -> system.broken.inPasses.accept(ways, system))
                .pass(server));
    }

    private void deliver(RunId runId) {
        worker.trace(() -> "delivery of " + runId);
        worker.count(Tried.DELIVERY);
        try {
            RunReport report = backupRun().run(Samples.request(runId), this::turn, new Deadline(worker.end));
            worker.trace(() -> "report " + report.status() + " " + report.counts());
        } catch (AuditUnavailableException | ServersUnavailableException e) {
            worker.trace(() -> "failed: " + e.getMessage());
        }
    }

    private BackupRun backupRun() {
        return new BackupRun(_ -> select(), dependencies, new SequentialWorkers());
    }

    /** The tags change from time to time; sometimes no server has them, and sometimes they can't be read. */
    private Targets select() {
        return worker.step("select", "servers", () -> {
            if (worker.happens(Fault.AUDIT_UNAVAILABLE)) {
                worker.tagsFailed = true;
                throw new ServersUnavailableException("no tags", null);
            }
            int size = system.fleet.size();
            int first = system.timeline.chance.nextInt(3) == 0 ? system.timeline.chance.nextInt(size + 1) : 0;
            return new Targets(system.fleet.subList(first, size), List.of(), List.of());
        });
    }

    private boolean turn(Instant latest) {
        return worker.step("turn", "taken", () -> {
            worker.pause(worker.faults.nextLong(2_000));
            return !worker.happens(Fault.NO_TURN) && !worker.instant().isAfter(latest);
        });
    }

    private void pass(Optional<ServerName> server) {
        worker.trace(() -> "a pass" + server.map(one -> " over " + one).orElse(""));
        worker.count(server.isPresent() ? Tried.PASS_FOR_AN_END : Tried.PASS);
        Deadline deadline = new Deadline(worker.end);
        try {
            FollowUpReport report = server.map(one -> followUp().passOver(one, this::turn, deadline))
                    .orElseGet(() -> followUp().pass(this::turn, deadline));
            worker.trace(report::toString);
            // A table that can't be reached is thrown once all rows had their turn; whatever else is wrong is counted.
            if (report.failed() > (worker.tagsFailed ? 1 : 0)) {
                throw new Violation("nothing unexpected goes wrong with a row: " + report);
            }
        } catch (AuditUnavailableException e) {
            worker.trace(() -> "failed: " + e.getMessage());
        }
    }

    private FollowUp followUp() {
        return new FollowUp(
                dependencies,
                outside.to(FollowUpRepository.class),
                outside.to(NotificationPublisher.class),
                new SequentialWorkers(),
                system.retention,
                outside.to(BackupDeletion.class),
                outside.to(BackupQuota.class),
                new VerificationPlan(
                        outside.to(VerificationRepository.class),
                        Optional.of(outside.to(BackupOperations.class)),
                        Duration.ofDays(1)),
                Optional.of(missedSlots()),
                Optional.empty());
    }

    private MissedSlots missedSlots() {
        Metrics metrics = new Metrics.None() {
            @Override
            public void missedSlot() {
                worker.count(Tried.MISSED_SLOT);
            }
        };
        return new MissedSlots(
                system.schedule.schedule(),
                outside.to(CheckpointRepository.class),
                outside.to(AuditRepository.class),
                backupRun(),
                outside.slotRequests,
                metrics,
                worker);
    }
}
