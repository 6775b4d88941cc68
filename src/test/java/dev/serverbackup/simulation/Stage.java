package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.InMemoryVerificationRepository;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.request.RunId;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.ServersUnavailableException;
import dev.serverbackup.server.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What all workers of one scenario share: table, indexes, service, and who judges them. */
final class Stage {
    final World world;
    final BrokenRule broken;
    final List<Server> fleet;
    final List<RunId> runs;
    final RetentionPolicy retention;
    final Invariants invariants;
    final NotificationInvariants notifications;
    final RetentionInvariants deletions;
    final SimulatedService service;
    final SimulatedCommands commands;
    final Indexes indexes;
    final SimulatedTable table;
    final FollowUpTable open;
    final InMemoryVerificationRepository verifications;
    final VerificationInvariants verified;
    final SimulatedSchedule schedule;
    final InMemoryFollowUpRepository rows;
    final RestoreInvariants restores;

    Stage(
            World world,
            BrokenRule broken,
            List<Server> fleet,
            List<RunId> runs,
            RetentionPolicy retention,
            boolean runsCommands) {
        this.world = world;
        this.broken = broken;
        this.fleet = fleet;
        this.runs = runs;
        this.retention = retention;
        this.invariants = new Invariants(world, broken.judgesEachStep());
        this.indexes = new Indexes(world);
        this.table = new SimulatedTable(invariants, broken.condition(), world.tally, indexes);
        this.notifications = new NotificationInvariants(table, broken.judgesEachStep());
        table.judgeClosings(notifications::settled);
        this.rows = new InMemoryFollowUpRepository(table.rows);
        this.verified = new VerificationInvariants(world);
        this.deletions = new RetentionInvariants(
                table.rows, rows, invariants.truth, verified, retention, broken.judgesEachStep());
        this.service = new SimulatedService(world, invariants.truth, runsCommands);
        this.commands = new SimulatedCommands(world, service, invariants, broken.documentForgetsRefusals());
        this.verifications = new InMemoryVerificationRepository(table.rows, rows);
        this.schedule = new SimulatedSchedule(world);
        this.restores = new RestoreInvariants(world, service.servers, commands, broken.withoutRules());
        this.open = new FollowUpTable(table, rows, indexes, notifications, deletions, world);
    }

    AuditRepository audit(Worker worker) {
        return broken.audit(new SimulatedAuditRepository(table, new TableAccess(worker, world)));
    }

    BackupService backups(Worker worker) {
        return broken.service(
                new SimulatedBackupService(service, commands, table, invariants, worker, world),
                worker,
                service.servers);
    }

    RunDependencies services(Worker worker, AuditRepository audit, BackupService backups) {
        return new RunDependencies(
                audit,
                BackupBackend.OPSWORKS_CM,
                backups,
                broken.timeouts(),
                new Backoff(Scenario.TERMS.retryDelay(), world.chance),
                worker,
                worker::nextAttempt,
                Metrics.NONE);
    }

    /** The real code. The tags change from time to time; sometimes no server has them, and sometimes they can't be read. */
    BackupRun backupRun(Worker worker, RunDependencies services) {
        return new BackupRun(_ -> select(worker), services, new SequentialWorkers());
    }

    private Targets select(Worker worker) {
        return worker.step("select", () -> {
            if (worker.faults().happens(worker.faults().mood().auditTrouble())) {
                worker.failTags();
                throw new ServersUnavailableException("no tags", null);
            }
            int size = fleet.size();
            int first = world.chance.nextInt(3) == 0 ? world.chance.nextInt(size + 1) : 0;
            return new Targets(fleet.subList(first, size), List.of(), List.of());
        });
    }

    boolean turn(Worker worker, Instant latest) {
        return worker.step("turn", () -> {
            worker.pause(worker.faults().nextLong(2_000));
            return !worker.faults().happens(worker.faults().mood().noTurn())
                    && !worker.instant().isAfter(latest);
        });
    }

    /** When all is quiet and nothing is open any more. */
    void judgeTheEnd() {
        List<RunId> all = new ArrayList<>(runs);
        all.addAll(schedule.runs(table));
        invariants.atTheEnd(table, all);
        notifications.atTheEnd(all);
        schedule.atTheEnd(table);
        deletions.atTheEnd();
    }
}
