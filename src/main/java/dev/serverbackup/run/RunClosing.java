package dev.serverbackup.run;

import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import java.util.List;

/** Gives a run its final status and counts, once every target has a final entry. */
final class RunClosing {
    private final AuditTrail audit;

    RunClosing(AuditTrail audit) {
        this.audit = audit;
    }

    /**
     * Writes the run's status if it has become final. Repeating it is harmless: final entries do not change.
     *
     * @param entries one for each target, read consistently, unless the run was closed before
     * @return the run as it now stands
     */
    Run close(Run run, List<Entry> entries) {
        if (run.status() != RunStatus.RUNNING) {
            return run;
        }
        RunStatus status = RunStatus.of(entries.stream().map(Entry::status).toList());
        Run standing = run.standing(status, RunReport.count(entries));
        if (status != RunStatus.RUNNING) {
            audit.settle(standing);
        }
        return standing;
    }
}
