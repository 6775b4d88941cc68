package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.FollowUp;
import dev.serverbackup.run.FollowUpReport;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.run.Upkeep;
import dev.serverbackup.simulation.Tally.Tried;

/** One pass of the follow-up: the real code, wired to a worker's simulated ways to the outside. */
final class Pass {
    private final Stage stage;

    Pass(Stage stage) {
        this.stage = stage;
    }

    void startOn(Worker worker) {
        worker.start(this::handle);
    }

    private void handle(Worker worker) {
        worker.tell(() -> "a pass");
        worker.count(Tried.PASS);
        try {
            FollowUpReport report =
                    followUp(worker).pass(latest -> stage.turn(worker, latest), new Deadline(worker.end()));
            worker.tell(report::toString);
            // A table that can't be reached is thrown once all rows had their turn; whatever else is wrong is counted.
            if (report.failed() > 0) {
                throw new Violation("nothing unexpected goes wrong with a row: " + report);
            }
        } catch (AuditUnavailableException e) {
            worker.tell(() -> "failed: " + e.getMessage());
        }
    }

    private FollowUp followUp(Worker worker) {
        TableAccess access = new TableAccess(worker, stage.world);
        Outside outside = stage.broken.pass(outside(worker, access), stage);
        SimulatedFigures figures = new SimulatedFigures(stage.service, access, worker);
        Upkeep upkeep = new Upkeep(stage.retention, outside.history(), outside.deletion(), figures, figures, figures);
        return new FollowUp(
                stage.services(worker, outside.audit(), outside.backups()),
                outside.open(),
                outside.notices(),
                new SequentialWorkers(),
                upkeep);
    }

    private Outside outside(Worker worker, TableAccess access) {
        return new Outside(
                new SimulatedAuditTrail(stage.table, access),
                stage.backups(worker),
                new SimulatedOpenRows(stage.open, access),
                new SimulatedNotices(stage.open, stage.notices, worker),
                new SimulatedHistory(stage.history, access),
                new SimulatedDeletion(stage.service, stage.deletions, worker, stage.world));
    }
}
