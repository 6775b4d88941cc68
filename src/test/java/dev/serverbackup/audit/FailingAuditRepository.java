package dev.serverbackup.audit;

import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** An audit whose writes fail where a test says so: before the write takes effect, or after it, as a lost answer. */
public final class FailingAuditRepository implements AuditRepository {
    private final AuditRepository audit;
    private Predicate<Entry> refused = _ -> false;
    private Predicate<Entry> answerLost = _ -> false;
    private Optional<Oversize> oversize = Optional.empty();
    private boolean failRuns;

    public FailingAuditRepository(AuditRepository audit) {
        this.audit = audit;
    }

    /** From now on, such entries are not written. */
    public void refuse(Predicate<Entry> entries) {
        refused = entries;
    }

    /** From now on, such entries are written, and the caller gets an error. */
    public void loseAnswersOf(Predicate<Entry> entries) {
        answerLost = entries;
    }

    /** From now on, no run is small enough to be written. */
    public void tooLarge(Oversize what) {
        oversize = Optional.of(what);
    }

    @Override
    public Optional<Oversize> oversize(Run run, List<Entry> pending) {
        return oversize;
    }

    public void failRuns() {
        failRuns = true;
    }

    public void recover() {
        refused = _ -> false;
        answerLost = _ -> false;
        failRuns = false;
    }

    private static AuditUnavailableException unavailable() {
        return new AuditUnavailableException("no answer", new IllegalStateException("time-out"));
    }

    private void failIf(boolean condition) {
        if (condition) {
            throw unavailable();
        }
    }

    @Override
    public Optional<Run> run(RunId runId) {
        failIf(failRuns);
        return audit.run(runId);
    }

    @Override
    public CreateRunResult open(Run run) {
        return audit.open(run);
    }

    @Override
    public Entry create(Entry pending) {
        failIf(refused.test(pending));
        return audit.create(pending);
    }

    @Override
    public List<Entry> entries(RunId runId) {
        return audit.entries(runId);
    }

    @Override
    public Optional<Entry> entry(RunId runId, ServerName server) {
        return audit.entry(runId, server);
    }

    @Override
    public Replacement replace(Entry seen, Entry next) {
        failIf(refused.test(next));
        Replacement replacement = audit.replace(seen, next);
        failIf(answerLost.test(next));
        return replacement;
    }

    @Override
    public void finish(Run run) {
        audit.finish(run);
    }
}
