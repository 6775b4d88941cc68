package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.cli.restore.RestoreRule;
import dev.serverbackup.run.Timeouts;
import java.util.Set;

/** What a simulation is played with: the real thing, or one rule switched off from outside. */
class BrokenRule {
    static final BrokenRule NONE = new BrokenRule();

    /** Whether each step is judged, or only what is promised: backups, and the audit when all is quiet. */
    boolean judgesEachStep() {
        return true;
    }

    /** What a delivery is handed. */
    AuditRepository audit(AuditRepository real) {
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

    /** Rules of restores that are switched off. */
    Set<RestoreRule> withoutRules() {
        return Set.of();
    }

    SimulatedTable.Condition condition() {
        return (standing, seen, _) -> SimulatedTable.Condition.real(standing, seen);
    }

    Timeouts timeouts() {
        return Scenario.TERMS;
    }
}
