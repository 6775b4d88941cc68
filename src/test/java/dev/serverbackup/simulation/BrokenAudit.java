package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hands everything on; what a broken rule changes, it overrides. */
class BrokenAudit implements AuditRepository {
    final AuditRepository real;

    BrokenAudit(AuditRepository real) {
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

    /** Each delivery resolves anew and keeps to its own targets. */
    static final class OwnTargets extends BrokenAudit {
        OwnTargets(AuditRepository real) {
            super(real);
        }

        @Override
        public Optional<Run> run(RunId runId) {
            return Optional.empty();
        }

        @Override
        public CreateRunResult open(Run run) {
            real.open(run);
            return new CreateRunResult.Opened(run);
        }
    }

    /** An entry is written when its turn comes, not before the first call. */
    static final class EntryWithItsClaim extends BrokenAudit {
        EntryWithItsClaim(AuditRepository real) {
            super(real);
        }

        @Override
        public Entry create(Entry pending) {
            return pending;
        }

        @Override
        public Replacement replace(Entry seen, Entry next) {
            if (seen.status() == EntryStatus.PENDING) {
                real.create(Entry.pending(seen.runId(), BackupBackend.OPSWORKS_CM, seen.server(), seen.requestedAt()));
            }
            return real.replace(seen, next);
        }
    }

    /** A claim is kept in mind, and written with what came of the call. */
    static final class ClaimUnwritten extends BrokenAudit {
        private Entry before;

        ClaimUnwritten(AuditRepository real) {
            super(real);
        }

        @Override
        public Replacement replace(Entry seen, Entry next) {
            if (seen.status() == EntryStatus.PENDING && next.status() == EntryStatus.CALLING) {
                before = seen;
                return new Replacement.Replaced(next);
            }
            boolean ownClaim = before != null && before.serverName().equals(next.serverName());
            Entry standing = ownClaim ? before : seen;
            before = null;
            return real.replace(standing, next);
        }
    }

    /** Every lease seems to be over. */
    static final class NoLease extends BrokenAudit {
        NoLease(AuditRepository real) {
            super(real);
        }

        private static Entry over(Entry entry) {
            return entry.status() == EntryStatus.CALLING
                    ? entry.takenOver(entry.attemptId().orElseThrow(), Instant.EPOCH)
                    : entry;
        }

        @Override
        public List<Entry> entries(RunId runId) {
            return real.entries(runId).stream().map(NoLease::over).toList();
        }

        @Override
        public Optional<Entry> entry(RunId runId, ServerName server) {
            return real.entry(runId, server).map(NoLease::over);
        }
    }
}
