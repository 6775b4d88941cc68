package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.followup.FollowUp;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.schedule.MissedSlots;
import dev.serverbackup.simulation.Tally.Tried;
import dev.serverbackup.verification.VerificationPlan;
import java.time.Duration;
import java.util.Optional;

/** One pass of the follow-up: the real code, wired to a worker's simulated ways to the outside. */
final class Pass {
    private final Stage stage;
    private final Optional<ServerName> server;

    Pass(Stage stage) {
        this(stage, Optional.empty());
    }

    /** @param server of which somebody says that its backup has ended */
    Pass(Stage stage, Optional<ServerName> server) {
        this.stage = stage;
        this.server = server;
    }

    void startOn(Worker worker) {
        worker.start(this::handle);
    }

    private void handle(Worker worker) {
        worker.tell(() -> "a pass" + server.map(one -> " over " + one).orElse(""));
        worker.count(server.isPresent() ? Tried.PASS_FOR_AN_END : Tried.PASS);
        try {
            FollowUpReport report =
                    pass(followUp(worker), latest -> stage.turn(worker, latest), new Deadline(worker.end()));
            worker.tell(report::toString);
            // A table that can't be reached is thrown once all rows had their turn; whatever else is wrong is counted.
            if (report.failed() > (worker.tagsFailed() ? 1 : 0)) {
                throw new Violation("nothing unexpected goes wrong with a row: " + report);
            }
        } catch (AuditUnavailableException e) {
            worker.tell(() -> "failed: " + e.getMessage());
        }
    }

    private FollowUpReport pass(FollowUp followUp, RateLimiter pace, Deadline deadline) {
        return server.map(one -> followUp.passOver(one, pace, deadline)).orElseGet(() -> followUp.pass(pace, deadline));
    }

    private FollowUp followUp(Worker worker) {
        TableAccess access = new TableAccess(worker, stage.world);
        Outside outside = stage.broken.pass(outside(worker, access), stage);
        RunDependencies services = stage.services(worker, outside.audit(), outside.backups());
        return new FollowUp(
                services,
                outside.repository(),
                outside.notifications(),
                new SequentialWorkers(),
                stage.retention,
                outside.deletion(),
                new SimulatedQuota(stage.service, worker),
                new VerificationPlan(outside.verifications(), Optional.of(outside.operations()), Duration.ofDays(1)),
                Optional.of(missedSlots(worker, services, outside)),
                Optional.empty());
    }

    private MissedSlots missedSlots(Worker worker, RunDependencies services, Outside outside) {
        return new MissedSlots(
                stage.schedule.schedule(),
                outside.checkpoints(),
                outside.audit(),
                stage.backupRun(worker, services),
                outside.slotRequests(),
                metrics(worker),
                worker);
    }

    private static Metrics metrics(Worker worker) {
        return new Metrics.None() {
            @Override
            public void missedSlot() {
                worker.count(Tried.MISSED_SLOT);
            }
        };
    }

    private Outside outside(Worker worker, TableAccess access) {
        return new Outside(
                new SimulatedAuditRepository(stage.table, access),
                stage.backups(worker),
                new SimulatedFollowUpRepository(stage.open, access),
                new SimulatedNotificationPublisher(stage.open, stage.notifications, worker),
                new SimulatedDeletion(stage.service, stage.deletions, worker, stage.world),
                new SimulatedVerificationRepository(stage.verifications, stage.verified, access),
                new SimulatedOperations(stage.verified, worker, stage.world),
                stage.schedule.checkpoints(access),
                SimulatedSchedule::request);
    }
}
