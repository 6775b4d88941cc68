package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditRepository.CreateRunResult;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.util.List;
import java.util.Optional;

/** Hands everything on; what is judged, or broken, is overridden. */
class ForwardingAuditRepository implements AuditRepository {
    final AuditRepository real;

    ForwardingAuditRepository(AuditRepository real) {
        this.real = real;
    }

    @Override
    public Optional<Run> run(RunId runId) {
        return real.run(runId);
    }

    @Override
    public CreateRunResult open(Run run) {
        return real.open(run);
    }

    @Override
    public Entry create(Entry pending) {
        return real.create(pending);
    }

    @Override
    public List<Entry> entries(RunId runId) {
        return real.entries(runId);
    }

    @Override
    public Optional<Entry> entry(RunId runId, ServerName server) {
        return real.entry(runId, server);
    }

    @Override
    public Replacement replace(Entry seen, Entry next) {
        return real.replace(seen, next);
    }

    @Override
    public void finish(Run run) {
        real.finish(run);
    }
}
