package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the verification of one server's backups stands: a row of its own, so that there is never more than one at a time.
 * Immutable; the methods named after what happened give the row that follows.
 *
 * <pre>
 *  WAITING ── claimed ──► CALLING ── started ──► STARTED ── ended ──► ENDED
 *     ▲                      │                                          │
 *     └──── waiting ─────────┴──────────────────────────────────────────┘
 * </pre>
 *
 * @param version counts the writes: each names the one that it replaces
 * @param subject what is being verified; there unless {@code WAITING}
 * @param leaseUntil until then only the claimer may act; there while {@code CALLING} only
 * @param startedAs what the service calls the operation; there once it was started
 * @param result what is to be told; there while {@code ENDED} only
 * @param passed the ids of backups that passed their last verification, the newest 1,000
 * @param failed the ids of those that did not
 * @param since when it became due
 * @param nextActionAt when the next step is due
 */
public record Verification(
        ServerName server,
        BackupBackend backend,
        Status status,
        long version,
        Optional<Subject> subject,
        Optional<Instant> leaseUntil,
        Optional<String> startedAs,
        Optional<VerificationResult> result,
        SortedSet<String> passed,
        SortedSet<String> failed,
        Instant since,
        Instant nextActionAt) {
    /** So many verifications are known: the row must fit the table. */
    private static final int MOST_IDS = 1_000;

    /** Where it is. */
    public enum Status {
        /** Until it is due. */
        WAITING,
        /** A worker holds the lease, or the effect of its call is in doubt. */
        CALLING,
        /** The service accepted it. */
        STARTED,
        /** It did not pass, and that is to be told. */
        ENDED
    }

    /** @param runId of the entry whose backup it is */
    public record Subject(RunId runId, BackupOperation operation) {}

    public Verification {
        passed = new TreeSet<>(passed);
        failed = new TreeSet<>(failed);
        require((status == Status.WAITING) == subject.isEmpty(), "what does not wait says what it verifies");
        require((status == Status.CALLING) == leaseUntil.isPresent(), "a lease belongs to CALLING");
        require(status != Status.STARTED || startedAs.isPresent(), "STARTED says as what");
        require((status == Status.ENDED) == result.isPresent(), "ENDED, and nothing else, has a result");
    }

    /** A server's first: due at once. */
    public static Verification first(ServerName server, BackupBackend backend, Instant now) {
        return new Verification(
                server,
                backend,
                Status.WAITING,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(),
                new TreeSet<>(),
                now,
                now);
    }

    /** Not before an instant. */
    public Verification waiting(Instant until) {
        return next(
                Status.WAITING, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), until, until);
    }

    /** Refused for now: it stays due since when it was. */
    public Verification refused(Instant again) {
        return next(
                Status.WAITING, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), since, again);
    }

    /** Nothing happened to this one since it was claimed: the claim is ours. */
    public Verification claimed(Subject what, Instant lease) {
        return next(
                Status.CALLING,
                Optional.of(what),
                Optional.of(lease),
                Optional.empty(),
                Optional.empty(),
                since,
                lease);
    }

    /** Another worker's claim whose lease is over becomes ours. */
    public Verification takenOver(Instant lease) {
        return next(Status.CALLING, subject, Optional.of(lease), Optional.empty(), Optional.empty(), since, lease);
    }

    public Verification started(String as, Instant look) {
        return next(Status.STARTED, subject, Optional.empty(), Optional.of(as), Optional.empty(), since, look);
    }

    /** It did not pass; due at once, to be told. */
    public Verification ended(VerificationResult what) {
        Verification known = what.outcome() == VerificationResult.Outcome.FAILED ? knowing(what) : this;
        return known.next(Status.ENDED, subject, Optional.empty(), startedAs, Optional.of(what), since, what.at());
    }

    /** Keeps the outcome of what passed or failed. */
    public Verification knowing(VerificationResult what) {
        SortedSet<String> good = new TreeSet<>(passed);
        SortedSet<String> bad = new TreeSet<>(failed);
        switch (what.outcome()) {
            case PASSED -> {
                bad.remove(what.backupId());
                good.add(what.backupId());
            }
            case FAILED -> {
                good.remove(what.backupId());
                bad.add(what.backupId());
            }
            case INCONCLUSIVE -> {}
        }
        return with(newest(good), newest(bad));
    }

    /** By their ids, which end with the time. No index is asked which of them still exist: it could be stale. */
    private static SortedSet<String> newest(SortedSet<String> ids) {
        return ids.reversed().stream().limit(MOST_IDS).collect(Collectors.toCollection(TreeSet::new));
    }

    /** For another backend: its own backups are all that it knows. */
    public Verification of(BackupBackend another, Instant now) {
        return new Verification(
                server,
                another,
                Status.WAITING,
                version + 1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                passed,
                failed,
                now,
                now);
    }

    private Verification with(SortedSet<String> good, SortedSet<String> bad) {
        return new Verification(
                server,
                backend,
                status,
                version,
                subject,
                leaseUntil,
                startedAs,
                result,
                good,
                bad,
                since,
                nextActionAt);
    }

    private Verification next(
            Status newStatus,
            Optional<Subject> what,
            Optional<Instant> lease,
            Optional<String> as,
            Optional<VerificationResult> came,
            Instant dueSince,
            Instant action) {
        return new Verification(
                server, backend, newStatus, version + 1, what, lease, as, came, passed, failed, dueSince, action);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
