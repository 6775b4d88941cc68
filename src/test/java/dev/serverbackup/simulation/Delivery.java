package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.request.RunId;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RunReport;
import dev.serverbackup.server.ServersUnavailableException;
import dev.serverbackup.simulation.Tally.Tried;

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
        return stage.backupRun(worker, stage.services(worker, stage.audit(worker), stage.backups(worker)));
    }
}
