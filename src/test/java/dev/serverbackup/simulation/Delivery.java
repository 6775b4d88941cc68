package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.fleet.FleetUnavailableException;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.fleet.Targets;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RunMeter;
import dev.serverbackup.run.RunReport;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.run.Services;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Instant;
import java.util.List;

/** One delivery of an event: the real code, wired to a worker's simulated ways to the outside. */
final class Delivery {
    private final World world;
    private final Table table;
    private final FakeServers servers;
    private final Invariants invariants;
    private final List<Server> fleet;
    private final BrokenRule broken;

    Delivery(
            World world,
            Table table,
            FakeServers servers,
            Invariants invariants,
            List<Server> fleet,
            BrokenRule broken) {
        this.world = world;
        this.table = table;
        this.servers = servers;
        this.invariants = invariants;
        this.fleet = fleet;
        this.broken = broken;
    }

    void startOn(Worker worker) {
        worker.start(this::handle);
    }

    private void handle(Worker worker) {
        worker.tell(() -> "delivery of " + worker.runId());
        worker.count(Tried.DELIVERY);
        try {
            RunReport report = run(worker)
                    .run(Samples.request(worker.runId()), latest -> turn(worker, latest), new Deadline(worker.end()));
            worker.tell(() -> "report " + report.status() + " " + report.counts());
        } catch (AuditUnavailableException | FleetUnavailableException e) {
            worker.tell(() -> "failed: " + e.getMessage());
        }
    }

    private BackupRun run(Worker worker) {
        AuditTrail audit = broken.audit(new SimulatedAuditTrail(table, worker, world));
        BackupService backups =
                broken.service(new SimulatedBackupService(servers, table, invariants, worker, world), worker, servers);
        Services services = new Services(
                audit,
                backups,
                broken.terms(),
                new Backoff(Scenario.TERMS.retryDelay(), world.chance),
                worker,
                worker::nextAttempt,
                RunMeter.NONE);
        return new BackupRun(_ -> select(worker), services, new SequentialWorkers());
    }

    /** The tags change from time to time. */
    private Targets select(Worker worker) {
        return worker.step("select", () -> {
            if (worker.faults().happens(worker.faults().mood().auditTrouble())) {
                throw new FleetUnavailableException("no tags", null);
            }
            int first = world.chance.nextInt(3) == 0 ? world.chance.nextInt(fleet.size()) : 0;
            return new Targets(fleet.subList(first, fleet.size()), List.of(), List.of());
        });
    }

    private boolean turn(Worker worker, Instant latest) {
        return worker.step("turn", () -> {
            worker.pause(worker.faults().nextLong(2_000));
            return !worker.faults().happens(worker.faults().mood().noTurn())
                    && !worker.instant().isAfter(latest);
        });
    }
}
