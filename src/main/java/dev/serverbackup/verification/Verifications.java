package dev.serverbackup.verification;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Verification;
import dev.serverbackup.audit.Verification.Subject;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.audit.VerificationResult;
import dev.serverbackup.audit.VerificationResult.Outcome;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.notification.ErrorMeanings;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.notification.NotificationText;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.LogScope;
import dev.serverbackup.run.ParallelExecutor;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies each server's newest good backup at intervals. The rules are those of a backup, since the command that
 * verifies has no client token either: claim, then send; if the effect is unknown, look it up before anything is sent
 * again. Several passes at once do no harm. For one pass; safe for use by several threads.
 */
public final class Verifications {
    private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);
    private static final int AT_ONCE = 100;

    /** The longest part of an error's message in a notification's text. */
    private static final int LONGEST_MESSAGE = 200;

    /**
     * How long refusals are retried before the verification is inconclusive, and how long after an inconclusive result
     * the next one is due.
     */
    private static final Duration PATIENCE = Duration.ofDays(1);

    /** How far the index of backups may be behind. */
    private static final Duration INDEX_DELAY = Duration.ofHours(1);

    private static final Comparator<PastBackup> OLDEST_FIRST =
            Comparator.comparing(PastBackup::finishedAt).thenComparing(PastBackup::backupId);

    /** Counts what verification does. Safe for use by several threads. */
    public interface Counters {
        /** A verification has ended. */
        void verified();

        /** The time was up before every due row was processed. */
        void cutShort();

        /** One row failed with an exception. */
        void failed(RuntimeException why);
    }

    private final RunDependencies dependencies;
    private final FollowUpRepository backups;
    private final VerificationPlan plan;
    private final VerificationRepository repository;
    private final NotificationPublisher notifications;
    private final ParallelExecutor workers;
    private final RateLimiter rateLimiter;
    private final Instant latestCall;
    private final Counters counters;

    public Verifications(
            RunDependencies dependencies,
            FollowUpRepository backups,
            VerificationPlan plan,
            NotificationPublisher notifications,
            ParallelExecutor workers,
            RateLimiter rateLimiter,
            Deadline deadline,
            Counters counters) {
        this.dependencies = dependencies;
        this.backups = backups;
        this.plan = plan;
        this.repository = plan.repository();
        this.notifications = notifications;
        this.workers = workers;
        this.rateLimiter = rateLimiter;
        this.latestCall = deadline.latestStart(dependencies.timeouts().callTimeout());
        this.counters = counters;
    }

    /** Schedules the verification of a server when one of its entries has succeeded. */
    public void after(Entry ended) {
        if (!plan.isOff() && ended.status() == EntryStatus.SUCCEEDED && ended.backend() == dependencies.backend()) {
            repository.schedule(ended.serverName(), dependencies.backend(), now());
        }
    }

    /** Makes the next step of each verification that is due, the oldest first, as far as the time allows. */
    public void pass() {
        if (plan.isOff()) {
            return;
        }
        if (now().isAfter(latestCall)) {
            counters.cutShort();
            return;
        }
        List<Verification> due = repository.due(now());
        for (int from = 0; from < due.size(); from += AT_ONCE) {
            if (now().isAfter(latestCall)) {
                counters.cutShort();
                return;
            }
            List<Verification> part = due.subList(from, Math.min(from + AT_ONCE, due.size()));
            publish(workers.each(part, one -> guarded(one, this::advance)).stream()
                    .filter(one -> one.status() == Verification.Status.ENDED)
                    .toList());
        }
    }

    /** An error in one row does not stop the others. */
    private Verification guarded(Verification one, UnaryOperator<Verification> step) {
        return LogScope.of(one.server(), () -> {
            try {
                return step.apply(one);
            } catch (RuntimeException e) {
                LOG.atError()
                        .addKeyValue("status", "EXTRA_WORK_FAILED")
                        .setCause(e)
                        .log("a verification failed");
                counters.failed(e);
                return one;
            }
        });
    }

    /** Returns the row as it is then. */
    private Verification advance(Verification one) {
        if (one.backend() != dependencies.backend()) {
            return replaced(one, one.of(dependencies.backend(), now()));
        }
        return switch (one.status()) {
            case WAITING -> begin(one);
            case CALLING -> one.leaseUntil().orElseThrow().isAfter(now()) ? one : lookUp(one);
            case STARTED -> readState(one);
            case ENDED -> one;
        };
    }

    /** The token is taken before the claim: the lease must not run while the worker waits for the rate limiter. */
    private Verification begin(Verification waiting) {
        List<PastBackup> past = backups.undeleted(waiting.server()).stream()
                .filter(one -> one.backend() == dependencies.backend())
                .toList();
        if (past.isEmpty()) {
            return withoutBackups(waiting);
        }
        Optional<PastBackup> newest = newest(past, waiting.failed());
        // The row stays, since it holds the ids of the backups that failed.
        if (newest.isEmpty()) {
            return replaced(waiting, waiting.waiting(now().plus(plan.every())));
        }
        if (!hasPermit()) {
            return waiting;
        }
        Verification claimed = waiting.claimed(
                subject(newest.get()), now().plus(dependencies.timeouts().lease()));
        return repository.replace(waiting, claimed) ? call(claimed) : waiting;
    }

    /** The index may not show the server's first backup yet. */
    private Verification withoutBackups(Verification waiting) {
        if (now().isBefore(waiting.since().plus(INDEX_DELAY))) {
            return replaced(waiting, waiting.refused(again()));
        }
        repository.remove(waiting);
        return waiting;
    }

    /** If all have failed, the newest of them: the cause may have been the server, and not the backups. */
    private static Optional<PastBackup> newest(List<PastBackup> past, Set<String> failed) {
        List<PastBackup> kept =
                past.stream().filter(one -> !one.isDeletionIntended()).toList();
        return kept.stream()
                .filter(one -> !failed.contains(one.backupId()))
                .max(OLDEST_FIRST)
                .or(() -> kept.stream().max(OLDEST_FIRST));
    }

    private Subject subject(PastBackup newest) {
        return new Subject(
                newest.runId(),
                new BackupOperation(
                        BackupOperation.Kind.VERIFY,
                        dependencies.attemptIds().get().value(),
                        newest.backup(),
                        newest.serverName(),
                        now()));
    }

    private Verification call(Verification claimed) {
        return switch (operations().start(operation(claimed), sendBefore(claimed))) {
            case OperationResult.Running(var startedAs) -> replaced(claimed, claimed.started(startedAs, again()));
            case OperationResult.Succeeded(var checked) -> passed(claimed, checked);
            case OperationResult.Failed(var error) -> ended(claimed, error);
            case OperationResult.Refused(var error) -> refused(claimed, error);
            case OperationResult.NotSent _ -> replaced(claimed, claimed.refused(now()));
            // The claim stays until its lease expires; then the operation is looked up.
            case OperationResult.Doubtful _ -> claimed;
        };
    }

    /** The lease must outlast the call and the visibility delay, as for a backup. */
    private Instant sendBefore(Verification claimed) {
        Instant lease = claimed.leaseUntil()
                .orElseThrow()
                .minus(dependencies.timeouts().callTimeout())
                .minus(dependencies.timeouts().visibilityDelay());
        return lease.isBefore(latestCall) ? lease : latestCall;
    }

    /** A server that is stopped or busy may be available later; after a day the refusal is the result. */
    private Verification refused(Verification claimed, BackupError why) {
        boolean again =
                why.type().isRetryable() && now().isBefore(claimed.since().plus(PATIENCE));
        return again ? replaced(claimed, claimed.refused(again())) : ended(claimed, why);
    }

    /** Takes the claim over before the lookup: after the lookup the other worker could otherwise still send. */
    private Verification lookUp(Verification abandoned) {
        if (!hasPermit()) {
            return abandoned;
        }
        Verification ours =
                abandoned.takenOver(now().plus(dependencies.timeouts().lease()));
        if (!repository.replace(abandoned, ours)) {
            return abandoned;
        }
        return switch (operations().find(operation(ours))) {
            case OperationResult.Running(var startedAs) -> replaced(ours, ours.started(startedAs, now()));
            case OperationResult.NotFound _ -> replaced(ours, ours.refused(now()));
            case OperationResult.Unavailable(var error) -> isOver(ours) ? ended(ours, error) : ours;
        };
    }

    private Verification readState(Verification started) {
        if (!hasPermit()) {
            return started;
        }
        return switch (operations()
                .state(operation(started), started.startedAs().orElseThrow())) {
            case OperationResult.Running _ -> isOver(started) ? ended(started, STILL_RUNNING) : later(started);
            case OperationResult.Succeeded(var checked) -> passed(started, checked);
            case OperationResult.Failed(var error) -> ended(started, error);
            case OperationResult.Unavailable(var error) -> isOver(started) ? ended(started, error) : later(started);
        };
    }

    private static final BackupError STILL_RUNNING = BackupError.doubtful(
            ErrorType.VERIFICATION_INCONCLUSIVE, "the verification did not end within the completion window");

    private Verification later(Verification started) {
        return replaced(started, started.started(started.startedAs().orElseThrow(), again()));
    }

    private boolean isOver(Verification one) {
        return now().isAfter(operation(one)
                .requestedAt()
                .plus(dependencies.timeouts().completionWindow()));
    }

    private Verification passed(Verification one, String checked) {
        VerificationResult result =
                VerificationResult.passed(operation(one).backup().id(), checked, now(), took(one));
        boolean stands = repository.record(one.subject().orElseThrow(), result);
        Verification next = stands ? one.withResult(result).waiting(now().plus(plan.every())) : one.waiting(now());
        log(result, "the backup can be read back");
        return ended(one, next);
    }

    /** If the backup was deleted meanwhile, the result is dropped, and the newest backup is verified next. */
    private Verification ended(Verification one, BackupError why) {
        VerificationResult result =
                VerificationResult.ended(operation(one).backup().id(), why, now(), took(one));
        boolean stands = repository.record(one.subject().orElseThrow(), result);
        log(result, why.message());
        return ended(one, stands ? one.ended(result) : one.waiting(now()));
    }

    private Verification ended(Verification one, Verification next) {
        boolean ours = repository.replace(one, next);
        if (!ours) {
            return one;
        }
        counters.verified();
        return next;
    }

    private static void log(VerificationResult result, String what) {
        (result.outcome() == Outcome.PASSED ? LOG.atInfo() : LOG.atWarn())
                .addKeyValue("status", "VERIFICATION_" + result.outcome())
                .addKeyValue("backupId", result.backupId())
                .log("a verification has ended: {}", what);
    }

    /** A row leaves {@code ENDED} when the bus has accepted its notification. */
    private void publish(List<Verification> ended) {
        if (ended.isEmpty()) {
            return;
        }
        Set<String> accepted = notifications.send(
                ended.stream().map(Verifications::notification).toList(), latestCall);
        workers.each(
                ended.stream()
                        .filter(one -> accepted.contains(notification(one).id()))
                        .toList(),
                one -> guarded(one, this::notified));
    }

    /** Counted before the row changes: a crash in between counts it twice, rather than never. */
    private Verification notified(Verification ended) {
        dependencies.metrics().verificationFailed();
        return replaced(ended, ended.waiting(nextAfter(ended)));
    }

    private static Notification notification(Verification ended) {
        Subject subject = ended.subject().orElseThrow();
        VerificationResult result = ended.result().orElseThrow();
        BackupError error = result.error().orElseThrow();
        String id = "verification/%s/%s"
                .formatted(ended.server(), subject.operation().id());
        SortedMap<String, Object> detail = new TreeMap<>();
        detail.put("version", "1");
        detail.put("notificationId", id);
        detail.put("serverName", ended.server().value());
        detail.put("runId", subject.runId().value());
        detail.put("backupId", result.backupId());
        detail.put("result", result.outcome().name());
        detail.put("requestedAt", subject.operation().requestedAt().toString());
        detail.put("finishedAt", result.at().toString());
        detail.put("error", new TreeMap<>(Map.of("type", error.type().name(), "message", error.message())));
        words(ended, result.outcome(), error).addWithLinesTo(detail);
        return new Notification(id, Notification.Kind.VERIFICATION_FAILED, detail);
    }

    private static NotificationText words(Verification ended, Outcome outcome, BackupError error) {
        String summary = outcome == Outcome.FAILED
                ? "The newest backup of %s can't be read back".formatted(ended.server())
                : "It is not known whether the newest backup of %s can be read back".formatted(ended.server());
        return new NotificationText(
                summary,
                List.of(
                        "%s. It was made by the run %s."
                                .formatted(
                                        summary, ended.subject().orElseThrow().runId()),
                        "Why: %s.".formatted(ErrorMeanings.of(error.type())),
                        "Error message: " + NotificationText.plain(error.message(), LONGEST_MESSAGE),
                        "Which older backup was verified: ./server-backup server " + ended.server(),
                        "What to do: " + ErrorMeanings.explain(error.type())));
    }

    /** After a bad backup the next newest is verified at once, so that people know which one is good. */
    private Instant nextAfter(Verification ended) {
        VerificationResult result = ended.result().orElseThrow();
        boolean gone = result.error()
                .filter(error -> error.type().equals(ErrorType.RESOURCE_NOT_FOUND))
                .isPresent();
        if (result.outcome() == Outcome.FAILED) {
            return isAnotherGood(ended) ? now() : now().plus(plan.every());
        }
        return now().plus(gone || plan.every().compareTo(PATIENCE) < 0 ? plan.every() : PATIENCE);
    }

    private BackupOperations operations() {
        return plan.operations().orElseThrow();
    }

    private boolean isAnotherGood(Verification ended) {
        return backups.undeleted(ended.server()).stream()
                .filter(one -> one.backend() == dependencies.backend() && !one.isDeletionIntended())
                .anyMatch(one -> !ended.failed().contains(one.backupId()));
    }

    private Verification replaced(Verification old, Verification next) {
        return repository.replace(old, next) ? next : old;
    }

    private boolean hasPermit() {
        boolean permit = rateLimiter.take(latestCall);
        if (!permit) {
            counters.cutShort();
        }
        return permit;
    }

    private static BackupOperation operation(Verification one) {
        return one.subject().orElseThrow().operation();
    }

    private Duration took(Verification one) {
        return Duration.between(operation(one).requestedAt(), now());
    }

    private Instant again() {
        return now().plus(dependencies.backoff().after(1));
    }

    private Instant now() {
        return dependencies.clock().instant();
    }
}
