package dev.serverbackup.run;

import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * One attempt to start a target's backup: claim, call, record. The rules that keep the promise (docs/reliability.md)
 * are implemented here. Safe for use by several threads and processes, which share only the audit table.
 */
public final class BackupAttempt {
    private static final BackupError LEASE_EXPIRED =
            BackupError.doubtful(ErrorType.NO_ANSWER, "the lease expired without a result of the call");

    private final RunDependencies dependencies;
    private final EntryRecorder recorder;
    private final MarkerLookup lookup;
    private final RateLimiter rateLimiter;
    private final Instant latestCall;
    private final String description;

    /** @param description for {@code CreateBackup}, marker included */
    public BackupAttempt(RunDependencies dependencies, RateLimiter rateLimiter, Deadline deadline, String description) {
        this.dependencies = dependencies;
        this.rateLimiter = rateLimiter;
        this.description = description;
        this.latestCall = deadline.latestStart(dependencies.timeouts().callTimeout());
        this.recorder = new EntryRecorder(dependencies.audit(), dependencies.metrics());
        this.lookup = new MarkerLookup(dependencies.backups(), rateLimiter, latestCall);
    }

    /** Lets the service read in advance what it needs to start these entries, before any lease runs. */
    public static void prepare(RunDependencies dependencies, List<Entry> entries, BooleanSupplier permit) {
        List<Server> servers = entries.stream()
                .filter(entry -> entry.status() == EntryStatus.PENDING || entry.status() == EntryStatus.CALLING)
                .map(Entry::server)
                .toList();
        if (!servers.isEmpty()) {
            dependencies.backups().prepare(servers, permit);
        }
    }

    /**
     * Does for an entry what can be done now; one that is not due is unchanged. Returns the entry as it is then.
     *
     * @throws dev.serverbackup.audit.AuditUnavailableException if the outcome could not be written
     */
    public Entry advance(Entry entry) {
        return switch (entry.status()) {
            case PENDING -> entry.nextActionAt().isAfter(now()) ? entry : start(entry);
            case CALLING -> entry.leaseUntil().orElseThrow().isAfter(now()) ? entry : resume(entry);
            case STARTED, SUCCEEDED, FAILED -> entry;
        };
    }

    /** The token is taken before the claim: the lease must not run while the worker waits for the rate limiter. */
    private Entry start(Entry pending) {
        if (now().isAfter(windowEnd(pending))) {
            return recorder.record(pending, pending.failed(windowClosed(pending), now()));
        }
        if (!rateLimiter.take(latestCall)) {
            return pending;
        }
        Entry claimed = pending.claimed(
                dependencies.attemptIds().get(),
                now().plus(dependencies.timeouts().lease()));
        return ifOurs(recorder.write(pending, claimed), this::call);
    }

    private Entry call(Entry claimed) {
        var result = dependencies.backups().createBackup(claimed.server(), description, sendBefore(claimed));
        return switch (result) {
            case BackupResult.Started started -> recorder.record(claimed, claimed.started(started.backup(), now()));
            case BackupResult.NotSent _ -> recorder.record(claimed, claimed.givenBack(Optional.empty(), now()));
            case BackupResult.Doubtful doubtful -> recorder.record(claimed, claimed.inDoubt(doubtful.error()));
            case BackupResult.Refused refused -> refused(claimed, refused.error());
        };
    }

    /**
     * The lease must outlast the call and the visibility delay, the invocation must outlast the call, and after the
     * start window nothing is called.
     */
    private Instant sendBefore(Entry claimed) {
        Timeouts timeouts = dependencies.timeouts();
        Instant lease =
                claimed.leaseUntil().orElseThrow().minus(timeouts.callTimeout()).minus(timeouts.visibilityDelay());
        return Collections.min(List.of(lease, windowEnd(claimed), latestCall));
    }

    /**
     * The server may be busy with this run's own backup; and a refusal says nothing about an earlier call whose effect
     * is unknown.
     */
    private Entry refused(Entry claimed, BackupError error) {
        boolean afterDoubt = claimed.isAfterDoubt();
        if (!afterDoubt && !error.type().equals(ErrorType.INVALID_STATE)) {
            return retryOrFail(claimed, error);
        }
        return switch (lookup.waitAndLookUp(claimed)) {
            case MarkerLookup.Result.Ours ours -> recorder.record(claimed, claimed.started(ours.backup(), now()));
            case MarkerLookup.Result.NoneOfOurs _ -> retryOrFail(claimed, error);
            case MarkerLookup.Result.Unseen _ -> afterDoubt ? claimed : retryOrFail(claimed, error);
        };
    }

    /** Decides whether there is another attempt. A later pass of the follow-up makes it. */
    private Entry retryOrFail(Entry claimed, BackupError error) {
        if (!error.type().isRetryable()) {
            return recorder.record(claimed, claimed.failed(error, now()));
        }
        Duration pause = dependencies.backoff().after(claimed.attempts());
        // Due at the latest when the window closes, so that the entry can then be failed.
        Instant again = Collections.min(List.of(now().plus(pause), windowEnd(claimed)));
        return recorder.record(claimed, claimed.givenBack(Optional.of(error), again));
    }

    /**
     * Takes the claim over before the lookup: after the lookup the other worker could otherwise still call. The entry
     * is read again after the wait for the rate limiter, so that an error written meanwhile is not lost.
     */
    private Entry resume(Entry abandoned) {
        if (!rateLimiter.take(latestCall)) {
            return abandoned;
        }
        Entry standing = dependencies
                .audit()
                .entry(abandoned.runId(), abandoned.serverName())
                .orElse(abandoned);
        if (!standing.isSameClaim(abandoned)) {
            return standing;
        }
        Entry ours = standing.takenOver(
                dependencies.attemptIds().get(),
                now().plus(dependencies.timeouts().lease()));
        return ifOurs(recorder.write(standing, ours), this::lookUp);
    }

    private Entry lookUp(Entry ours) {
        BackupError doubt = ours.error().filter(BackupError::effectUnknown).orElse(LEASE_EXPIRED);
        return switch (lookup.lookUp(ours)) {
            case MarkerLookup.Result.Ours found -> recorder.record(ours, ours.started(found.backup(), now()));
            case MarkerLookup.Result.NoneOfOurs _ ->
                advance(recorder.record(ours, ours.givenBack(Optional.of(doubt), now())));
            case MarkerLookup.Result.Unseen unseen ->
                now().isAfter(ours.requestedAt().plus(dependencies.timeouts().completionWindow()))
                        ? recorder.record(ours, ours.failed(neverSeen(unseen.error()), now()))
                        : ours;
        };
    }

    /** If the effect of a call was unknown, a lookup has determined it before the entry became pending again. */
    private static BackupError windowClosed(Entry pending) {
        return pending.error()
                .map(last -> last.withoutEffect().atWindowEnd())
                .orElseGet(() -> BackupError.known(
                        ErrorType.START_WINDOW_EXCEEDED, "the start window closed before an attempt could be made"));
    }

    private static BackupError neverSeen(BackupError lookError) {
        return BackupError.doubtful(
                ErrorType.NO_ANSWER,
                "no lookup of the backup succeeded within the completion window; the last error: "
                        + lookError.message());
    }

    private static Entry ifOurs(Replacement replacement, UnaryOperator<Entry> then) {
        return switch (replacement) {
            case Replacement.Replaced ours -> then.apply(ours.entry());
            case Replacement.Conflict by -> by.actual();
        };
    }

    private Instant windowEnd(Entry entry) {
        return entry.requestedAt().plus(dependencies.timeouts().startWindow());
    }

    private Instant now() {
        return dependencies.clock().instant();
    }
}
