package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.request.RunId;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RunReport;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.server.ServersUnavailableException;
import dev.serverbackup.server.Targets;
import dev.serverbackup.simulation.Tally.Tried;
import java.util.List;

/** One delivery of an event: the real code, wired to a worker's simulated ways to the outside. */
final class Delivery {
    private final Stage stage;
    private final RunId runId;

    Delivery(Stage stage, RunId runId) {
        this.stage = stage;
        this.runId = runId;
    }

    void startOn(Worker worker) {
        worker.start(this::handle);
    }

    private void handle(Worker worker) {
        worker.tell(() -> "delivery of " + runId);
        worker.count(Tried.DELIVERY);
        try {
            RunReport report = run(worker)
                    .run(Samples.request(runId), latest -> stage.turn(worker, latest), new Deadline(worker.end()));
            worker.tell(() -> "report " + report.status() + " " + report.counts());
        } catch (AuditUnavailableException | ServersUnavailableException e) {
            worker.tell(() -> "failed: " + e.getMessage());
        }
    }

    private BackupRun run(Worker worker) {
        return new BackupRun(
                _ -> select(worker),
                stage.services(worker, stage.audit(worker), stage.backups(worker)),
                new SequentialWorkers());
    }

    /** The tags change from time to time; sometimes nobody has them. */
    private Targets select(Worker worker) {
        return worker.step("select", () -> {
            if (worker.faults().happens(worker.faults().mood().auditTrouble())) {
                throw new ServersUnavailableException("no tags", null);
            }
            int size = stage.fleet.size();
            int first = stage.world.chance.nextInt(3) == 0 ? stage.world.chance.nextInt(size + 1) : 0;
            return new Targets(stage.fleet.subList(first, size), List.of(), List.of());
        });
    }
}
