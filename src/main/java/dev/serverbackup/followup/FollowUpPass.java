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
 * One pass of the follow-up: it processes rows, sends the notifications of those that have ended, and takes these out
 * of the index. For one thread.
 */
final class FollowUpPass {
    private static final Logger LOG = LoggerFactory.getLogger(FollowUp.class);
    private static final int AT_ONCE = 100;
    /** Each later group of rows has at least a sixth of the pass's time. */
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

    /**
     * Waits no longer than the share of time of the current group of rows. If there is no token in time, the pass is
     * incomplete.
     */
    private boolean take(RateLimiter rateLimiter, Instant latestStart) {
        boolean permit = rateLimiter.take(latestStart.isBefore(until) ? latestStart : until);
        if (!permit) {
            counters.cutShort();
        }
        return permit;
    }

    /** Writes the metrics of the state before the pass. */
    void measure() {
        extraWork(health::openEntries);
        extraWork(health::manualBackups);
    }

    /** Called before the due rows are read, so that a run that is started now is among them. */
    void catchUp() {
        missedSlots.ifPresent(slots -> extraWork(() -> slots.pass(counters)));
    }

    /** Does work other than the follow-up of rows: an error in it does not stop the rows. */
    private void extraWork(Runnable work) {
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
                .log("a part of the pass other than the follow-up of rows failed");
        counters.failed(trouble);
    }

    /**
     * Rows that may start a backup come first, since their start window ends. Then started entries; then rows that need
     * no call to the service, and retention. Each group leaves the next a share of the time, so that none waits
     * forever.
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

    /** A share of the time that is left, which is enough for hundreds of calls. */
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

    /** Skips entries that have not been started or have ended: the regular pass processes them. */
    void overStarted(List<OpenRow> found) {
        if (now().isAfter(latest)) {
            counters.cutShort();
            return;
        }
        take(found, row -> row instanceof Row.OfEntry(Entry entry) && entry.status() == EntryStatus.STARTED);
    }

    /** Reads rows, and processes those that meet a condition. */
    private void take(List<OpenRow> keys, Predicate<Row> which) {
        counters.read(keys.size());
        List<Step> read = workers.each(keys.stream().map(Step::of).toList(), step -> attempt(step, this::read));
        List<Step> taken = read.stream()
                .filter(step -> step.row().filter(which).isPresent())
                .toList();
        rows.prepare(taken.stream().flatMap(step -> step.row().stream()).toList());
        releaseMost(publish(workers.each(taken, step -> attempt(step, this::handle))));
    }

    private Step read(Step step) {
        return new Step(step.key(), Optional.of(repository.read(step.key())), Optional.empty());
    }

    private Step handle(Step step) {
        return new Step(step.key(), step.row(), rows.handle(step.row().orElseThrow(), counters));
    }

    /** Ends the pass. Retention comes last, since its calls share the rate limiter with those of the rows. */
    FollowUpReport end() {
        finish();
        counters.throwIfUnavailable();
        return counters.report();
    }

    /** The same; before the report, sends the digest, if it is due, and verifies backups as far as the time allows. */
    FollowUpReport endAndVerify() {
        finish();
        digest.ifPresent(daily -> extraWork(() -> daily.pass(counters, latest)));
        extraWork(verifications::pass);
        counters.throwIfUnavailable();
        return counters.report();
    }

    private void finish() {
        workers.each(last, this::release);
        // A run leaves the index after its entries.
        workers.each(lastRuns, this::release);
    }

    /** An error in one row does not stop the others. */
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

    /** Returns the rows whose notification was accepted: only these may leave the index. */
    private List<Finished> publish(List<Step> steps) {
        List<Finished> ended =
                steps.stream().flatMap(step -> step.ended().stream()).toList();
        if (ended.isEmpty()) {
            return ended;
        }
        // A call to a bus that is down takes long; once none was accepted, no more are sent in this pass.
        List<Finished> unsent = ended.stream().filter(one -> !one.isNotified()).toList();
        Set<String> accepted = unsent.isEmpty() || counters.isBusDown()
                ? Set.of()
                : notifications.send(unsent.stream().map(Finished::notification).toList(), latest);
        counters.notified(accepted.size(), unsent.size() - accepted.size());
        return ended.stream()
                .filter(one ->
                        one.isNotified() || accepted.contains(one.notification().id()))
                .toList();
    }

    /** Entries for which retention makes calls come later, and runs at the end. */
    private void releaseMost(List<Finished> notified) {
        List<Finished> entries = new ArrayList<>();
        for (Finished one : notified) {
            switch (one) {
                case Finished.OfRun _ -> lastRuns.add(one);
                case Finished.OfEntry ended -> (retention.concerns(ended.entry()) ? last : entries).add(one);
            }
        }
        workers.each(entries, this::release);
    }

    /**
     * The work after an end is done before the row leaves the index: if the process dies in between, the row is still
     * open. Work that is not finished keeps the row open for a later pass.
     */
    private Finished release(Finished one) {
        try {
            if (one instanceof Finished.OfEntry(var entry, var isNotified) && !isNotified) {
                extraWork(() -> verifications.after(entry));
            }
            switch (one) {
                case Finished.OfEntry ended
                when isRetentionDone(ended.entry()) -> repository.markNotified(ended.entry(), now());
                case Finished.OfEntry ended ->
                    repository.markNotifiedRetentionDue(
                            ended.entry(),
                            now(),
                            now().plus(dependencies.backoff().after(1)));
                case Finished.OfRun ended -> {
                    Run run = ended.run();
                    LogScope.of(run.runId(), () -> {
                        extraWork(() -> health.lastSuccesses(run));
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
                    .log("a row whose notification was sent could not be taken out of the index");
            counters.failed(e);
        }
        return one;
    }

    private boolean isRetentionDone(Entry entry) {
        return LogScope.of(entry.runId(), () -> LogScope.of(entry, this::retain));
    }

    /** If retention fails, it is tried again after the server's next success. */
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

    /** One row: its key, its content, and its end, if it has ended. */
    private record Step(OpenRow key, Optional<Row> row, Optional<Finished> ended) {
        static Step of(OpenRow key) {
            return new Step(key, Optional.empty(), Optional.empty());
        }
    }
}
