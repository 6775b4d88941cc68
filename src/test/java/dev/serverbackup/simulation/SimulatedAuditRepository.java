package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.util.List;
import java.util.Optional;

/** The audit as one worker reaches it. */
final class SimulatedAuditRepository implements AuditRepository {
    private final SimulatedTable table;
    private final TableAccess access;

    SimulatedAuditRepository(SimulatedTable table, TableAccess access) {
        this.table = table;
        this.access = access;
    }

    @Override
    public Optional<Run> run(RunId runId) {
        return access.read("read run " + runId, () -> table.run(runId));
    }

    @Override
    public List<Entry> entries(RunId runId) {
        return access.read("read entries of " + runId, () -> table.entries(runId));
    }

    @Override
    public Optional<Entry> entry(RunId runId, ServerName server) {
        return access.read("read entry " + server, () -> table.entry(runId, server));
    }

    @Override
    public CreateRunResult open(Run run) {
        return access.write("open " + Words.of(run), () -> table.open(run));
    }

    @Override
    public Entry create(Entry pending) {
        return access.write("create " + pending.serverName(), () -> table.create(pending));
    }

    @Override
    public Replacement replace(Entry seen, Entry next) {
        return access.write("write " + Words.entry(next) + " after " + seen.status(), () -> table.replace(seen, next));
    }

    @Override
    public void finish(Run run) {
        access.write("settle " + run.runId() + " " + run.status(), () -> table.finish(run));
    }
}
