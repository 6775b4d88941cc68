package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.run.Terms;

/** What a simulation is played with: the real thing, or one rule switched off from outside. */
class BrokenRule {
    static final BrokenRule NONE = new BrokenRule();

    /** Whether each step is judged, or only what is promised: backups, and the audit when all is quiet. */
    boolean judgesEachStep() {
        return true;
    }

    /** What a delivery is handed. */
    AuditTrail audit(AuditTrail real) {
        return real;
    }

    BackupService service(BackupService real, Worker worker, FakeServers servers) {
        return real;
    }

    /** What a pass is handed. */
    Outside pass(Outside real, Stage stage) {
        return real;
    }

    /** Whether a document that has refused once makes a backup when the agent runs it again. */
    boolean documentForgetsRefusals() {
        return false;
    }

    Table.Condition condition() {
        return (standing, seen, _) -> Table.Condition.real(standing, seen);
    }

    Terms terms() {
        return Scenario.TERMS;
    }
}
