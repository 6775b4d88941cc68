package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditRepository.CreateRunResult;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.InMemoryAuditRepository;
import dev.serverbackup.audit.Run;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.simulation.Tally.Tried;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The audit table itself: what a write does at the moment when it arrives. Every change is judged. */
final class SimulatedTable implements AuditRepository {
    final InMemoryAuditRepository rows = new InMemoryAuditRepository();
    private final Invariants invariants;
    private final Condition condition;
    private final Tally tally;
    private final Indexes indexes;
    private Consumer<Run> closings = _ -> {};

    /** Whether a replacement is written; the real one compares status and attempt. */
    interface Condition {
        boolean holds(Entry standing, Entry seen, Entry next);

        static boolean real(Entry standing, Entry seen) {
            return standing.status() == seen.status() && standing.attemptId().equals(seen.attemptId());
        }
    }

    SimulatedTable(Invariants invariants, Condition condition, Tally tally, Indexes indexes) {
        this.tally = tally;
        this.indexes = indexes;
        this.invariants = invariants;
        this.condition = condition;
    }

    @Override
    public Optional<Run> run(RunId runId) {
        return rows.run(runId);
    }

    @Override
    public List<Entry> entries(RunId runId) {
        return rows.entries(runId);
    }

    @Override
    public Optional<Entry> entry(RunId runId, ServerName server) {
        return rows.entry(runId, server);
    }

    /** @param judge is shown each run that has been given its final status */
    void judgeClosings(Consumer<Run> judge) {
        closings = judge;
    }

    @Override
    public CreateRunResult open(Run run) {
        if (rows.run(run.runId()).isEmpty()) {
            indexes.follow(run);
        }
        return rows.open(run);
    }

    @Override
    public Entry create(Entry pending) {
        Optional<Entry> before = rows.entry(pending.runId(), pending.serverName());
        Entry standing = rows.create(pending);
        if (before.isEmpty()) {
            invariants.created(pending, rows.run(pending.runId()));
            indexes.follow(pending);
        }
        return standing;
    }

    @Override
    public Replacement replace(Entry seen, Entry next) {
        Entry standing = rows.entry(next.runId(), next.serverName()).orElseThrow();
        boolean written = condition.holds(standing, seen, next);
        if (written && !standing.equals(next)) {
            invariants.changed(standing, next);
            indexes.follow(next);
        }
        tally.count(written ? kind(standing, next) : Tried.OVERTAKEN);
        if (written && !Condition.real(standing, seen)) {
            rows.overwrite(next);
            return new Replacement.Replaced(next);
        }
        return rows.replace(seen, next);
    }

    private static Tried kind(Entry from, Entry to) {
        return switch (to.status()) {
            case PENDING -> from.status() == EntryStatus.STARTED ? Tried.ATTEMPTED_AGAIN : Tried.GIVEN_BACK;
            case CALLING -> {
                boolean doubt = from.attemptId().equals(to.attemptId());
                Tried claim = from.isAfterDoubt() ? Tried.CLAIM_AFTER_DOUBT : Tried.CLAIM;
                yield from.status() == EntryStatus.PENDING ? claim : doubt ? Tried.DOUBT : Tried.TAKE_OVER;
            }
            case STARTED -> {
                Tried start = from.isAfterDoubt() ? Tried.ADOPTED : Tried.STARTED;
                yield from.status() == EntryStatus.STARTED ? Tried.STILL_RUNNING : start;
            }
            case SUCCEEDED -> Tried.SUCCEEDED;
            case FAILED -> to.error().orElseThrow().effectUnknown() ? Tried.FAILED_UNKNOWN : Tried.FAILED_KNOWN;
        };
    }

    @Override
    public void finish(Run run) {
        rows.finish(run);
        rows.run(run.runId()).ifPresent(closings);
    }
}
