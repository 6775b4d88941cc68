package dev.serverbackup.followup;

import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.followup.OpenRowProcessor.Finished;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.retention.Retention;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.LogScope;
import dev.serverbackup.run.ParallelExecutor;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.schedule.MissedSlots;
import dev.serverbackup.verification.Verifications;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass of the follow-up: it takes rows as far as they get, tells what has ended, and lets that go. For one thread.
 */
final class FollowUpPass {
    private static final Logger LOG = LoggerFactory.getLogger(FollowUp.class);
    private static final int AT_ONCE = 100;
    /** What comes later in a pass has a sixth of its time, at least. */
    private static final int SHARE = 6;

    private final RunDependencies dependencies;
    private final FollowUpRepository repository;
    private final NotificationPublisher notifications;
    private final ParallelExecutor workers;
    private final FollowUpCounters counters = new FollowUpCounters();
    private final OpenRowProcessor rows;
    private final Retention retention;
    private final Verifications verifications;
    private final Optional<MissedSlots> missedSlots;
    private final Optional<DailyDigest> digest;
    private final HealthMetrics health;
    private final Instant latest;
    private volatile Instant until;
    private final List<Finished> last = new ArrayList<>();
    private final List<Finished> lastRuns = new ArrayList<>();

    FollowUpPass(FollowUp followUp, RateLimiter rateLimiter, Deadline deadline) {
        this.dependencies = followUp.dependencies();
        this.repository = followUp.repository();
        this.notifications = followUp.notifications();
        this.workers = followUp.workers();
        this.rows =
                new OpenRowProcessor(dependencies, repository, workers, latest -> take(rateLimiter, latest), deadline);
        this.retention = new Retention(
                dependencies,
                repository,
                followUp.verification().repository(),
                followUp.policy(),
                followUp.deletion(),
                rateLimiter,
                deadline,
                counters);
        this.verifications = new Verifications(
                dependencies,
                repository,
                followUp.verification(),
                notifications,
                workers,
                rateLimiter,
                deadline,
                counters);
        this.missedSlots = followUp.missedSlots();
        this.digest = followUp.digest();
        this.health = new HealthMetrics(dependencies, repository, followUp.quota(), rateLimiter, deadline);
        this.latest = deadline.latestStart(dependencies.timeouts().callTimeout());
        this.until = latest;
    }

    /** Within the share of time of the rows that are taken now. A row without a turn makes the pass incomplete. */
    private boolean take(RateLimiter rateLimiter, Instant latestTurn) {
        boolean turn = rateLimiter.take(latestTurn.isBefore(until) ? latestTurn : until);
        if (!turn) {
            counters.cutShort();
        }
        return turn;
    }

    /** How things stand before it. */
    void measure() {
        besides(health::openEntries);
        besides(health::manualBackups);
    }

    /** Before the rows: a run that is begun now is among them. */
    void catchUp() {
        missedSlots.ifPresent(slots -> besides(() -> slots.pass(counters)));
    }

    /** Does what a pass does besides following up: trouble with it holds no row up. */
    private void besides(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            extraWorkFailed(e);
        }
    }

    private void extraWorkFailed(RuntimeException trouble) {
        LOG.atError()
                .addKeyValue("status", "EXTRA_WORK_FAILED")
                .setCause(trouble)
                .log("what a pass does beside its rows failed");
        counters.failed(trouble);
    }

    /**
     * What may start a backup comes first: it has a window. Then what was started; then what waits for nothing of the
     * service, and what retention deletes. Each leaves the next its share of the time, so that none waits for ever.
     */
    void over(List<DueRow> due) {
        List<DueRow> starts =
                of(due, status -> status.filter(FollowUpPass::mayStart).isPresent());
        List<DueRow> started =
                of(due, status -> status.filter(EntryStatus.STARTED::equals).isPresent());
        List<DueRow> rest =
                of(due, status -> status.filter(one -> !one.isFinal()).isEmpty());
        Duration share = share();
        Instant restFrom = rest.isEmpty() && !retention.isOn() ? latest : latest.minus(share);
        until = started.isEmpty() ? restFrom : restFrom.minus(share);
        overPages(starts);
        until = restFrom;
        rows.list(started.stream().map(DueRow::requestedAt).toList());
        overPages(started);
        until = latest;
        overPages(rest);
    }

    private static List<DueRow> of(List<DueRow> due, Predicate<Optional<EntryStatus>> which) {
        return due.stream().filter(row -> which.test(row.status())).toList();
    }

    private static boolean mayStart(EntryStatus status) {
        return status == EntryStatus.PENDING || status == EntryStatus.CALLING;
    }

    /** Of the time that is left: enough for hundreds of calls, and little where there is nothing to share. */
    private Duration share() {
        Duration left = Duration.between(now(), latest);
        return left.isNegative() ? Duration.ZERO : left.dividedBy(SHARE);
    }

    private void overPages(List<DueRow> due) {
        for (int from = 0; from < due.size(); from += AT_ONCE) {
            if (now().isAfter(until)) {
                counters.cutShort();
                return;
            }
            take(
                    due.subList(from, Math.min(from + AT_ONCE, due.size())).stream()
                            .map(DueRow::row)
                            .toList(),
                    _ -> true);
        }
    }

    /** Leaves alone what has not been started, or has ended: it has its own time. */
    void overStarted(List<OpenRow> found) {
        if (now().isAfter(latest)) {
            counters.cutShort();
            return;
        }
        take(found, row -> row instanceof Row.OfEntry(Entry entry) && entry.status() == EntryStatus.STARTED);
    }

    /** Reads rows, and takes those that meet a condition as far as they get. */
    private void take(List<OpenRow> keys, Predicate<Row> which) {
        counters.looked(keys.size());
        List<Step> read = workers.each(keys.stream().map(Step::of).toList(), step -> attempt(step, this::read));
        List<Step> taken = read.stream()
                .filter(step -> step.row().filter(which).isPresent())
                .toList();
        rows.prepare(taken.stream().flatMap(step -> step.row().stream()).toList());
        letMostGo(tell(workers.each(taken, step -> attempt(step, this::handle))));
    }

    private Step read(Step step) {
        return new Step(step.key(), Optional.of(repository.read(step.key())), Optional.empty());
    }

    private Step handle(Step step) {
        return new Step(step.key(), step.row(), rows.handle(step.row().orElseThrow(), counters));
    }

    /** What is to be started or has ended comes before what may be deleted: they share one rate limiter. */
    FollowUpReport end() {
        finish();
        counters.throwIfUnavailable();
        return counters.report();
    }

    /** The same; then sends the digest, if it is due, and verifies as far as the time allows. */
    FollowUpReport endAndVerify() {
        finish();
        digest.ifPresent(daily -> besides(() -> daily.pass(counters, latest)));
        besides(verifications::pass);
        counters.throwIfUnavailable();
        return counters.report();
    }

    private void finish() {
        workers.each(last, this::letGo);
        // A run leaves once its entries have left.
        workers.each(lastRuns, this::letGo);
    }

    /** One row's trouble does not hold up another. */
    private Step attempt(Step step, UnaryOperator<Step> work) {
        return LogScope.of(step.key(), () -> {
            try {
                return work.apply(step);
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("status", "OPEN").setCause(e).log("the follow-up of a row failed");
                counters.failed(e);
                return step;
            }
        });
    }

    /** Answers those whose notification has been accepted: only they may leave the index. */
    private List<Finished> tell(List<Step> steps) {
        List<Finished> ended =
                steps.stream().flatMap(step -> step.ended().stream()).toList();
        if (ended.isEmpty()) {
            return ended;
        }
        // A bus that is down takes time to say so: a pass is for the backups first.
        List<Finished> untold = ended.stream().filter(one -> !one.isNotified()).toList();
        Set<String> accepted = untold.isEmpty() || counters.isUnheard()
                ? Set.of()
                : notifications.send(untold.stream().map(Finished::notification).toList(), latest);
        counters.told(accepted.size(), untold.size() - accepted.size());
        return ended.stream()
                .filter(one ->
                        one.isNotified() || accepted.contains(one.notification().id()))
                .toList();
    }

    /** Those for which calls are due first come later, and runs at the end. */
    private void letMostGo(List<Finished> told) {
        List<Finished> entries = new ArrayList<>();
        for (Finished one : told) {
            switch (one) {
                case Finished.OfRun _ -> lastRuns.add(one);
                case Finished.OfEntry ended -> (retention.concerns(ended.entry()) ? last : entries).add(one);
            }
        }
        workers.each(entries, this::letGo);
    }

    /**
     * What is due after an end comes first: a crash in between leaves the row open, and nothing is forgotten. What is
     * left undone keeps the row open for a later pass.
     */
    private Finished letGo(Finished one) {
        try {
            if (one instanceof Finished.OfEntry(var entry, var isNotified) && !isNotified) {
                besides(() -> verifications.after(entry));
            }
            switch (one) {
                case Finished.OfEntry ended
                when isRetentionDone(ended.entry()) -> repository.markNotified(ended.entry(), now());
                case Finished.OfEntry ended ->
                    repository.markNotifiedToRetain(
                            ended.entry(),
                            now(),
                            now().plus(dependencies.backoff().after(1)));
                case Finished.OfRun ended -> {
                    Run run = ended.run();
                    LogScope.of(run.runId(), () -> {
                        besides(() -> health.lastSuccesses(run));
                        return run;
                    });
                    repository.markNotified(run, now());
                    rows.leaveNotified(run, counters);
                }
            }
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("notification", one.notification().id())
                    .setCause(e)
                    .log("a notified row was not let go");
            counters.failed(e);
        }
        return one;
    }

    private boolean isRetentionDone(Entry entry) {
        return LogScope.of(entry.runId(), () -> LogScope.of(entry, this::retain));
    }

    /** Where retention fails, the server's next success sees to it. */
    private boolean retain(Entry ended) {
        try {
            return retention.after(ended);
        } catch (RuntimeException e) {
            extraWorkFailed(e);
            return true;
        }
    }

    private Instant now() {
        return dependencies.clock().instant();
    }

    /** One row: what was read of it, and what has ended with it. */
    private record Step(OpenRow key, Optional<Row> row, Optional<Finished> ended) {
        static Step of(OpenRow key) {
            return new Step(key, Optional.empty(), Optional.empty());
        }
    }
}
