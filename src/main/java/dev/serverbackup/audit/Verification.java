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
 * The state of the verification of one server's backups: one row for each server, so that there is never more than one
 * verification of it at a time. Immutable; each method named after what happened returns the next row.
 *
 * <pre>
 *  WAITING ── claimed ──► CALLING ── started ──► STARTED ── ended ──► ENDED
 *     ▲                      │                                          │
 *     └──── waiting ─────────┴──────────────────────────────────────────┘
 * </pre>
 *
 * @param version the number of the write; each write is conditional on the version that it replaces
 * @param subject what is being verified; absent while {@code WAITING}
 * @param leaseUntil until then only the worker with the claim may act; present only while {@code CALLING}
 * @param startedAs the operation's id at the service; present once it was started
 * @param result the result to be notified; present only while {@code ENDED}
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
    /** How many ids are kept of each outcome, so that the row fits DynamoDB's limit. */
    private static final int MOST_IDS = 1_000;

    /** The status of a verification. */
    public enum Status {
        /** Not due yet. */
        WAITING,
        /** A worker holds the lease, or the effect of its call is unknown. */
        CALLING,
        /** The service accepted it. */
        STARTED,
        /** It did not pass; its notification is to be sent. */
        ENDED
    }

    /** @param runId the run of the backup's entry */
    public record Subject(RunId runId, BackupOperation operation) {}

    public Verification {
        passed = new TreeSet<>(passed);
        failed = new TreeSet<>(failed);
        require(
                (status == Status.WAITING) == subject.isEmpty(),
                "a verification that does not wait, and no other, has a subject");
        require(
                (status == Status.CALLING) == leaseUntil.isPresent(),
                "a CALLING verification, and no other, has a lease");
        require(status != Status.STARTED || startedAs.isPresent(), "a STARTED verification has startedAs");
        require((status == Status.ENDED) == result.isPresent(), "an ENDED verification, and no other, has a result");
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

    /** The next verification is not due before an instant. */
    public Verification waiting(Instant until) {
        return next(
                Status.WAITING, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), until, until);
    }

    /** Refused for now: to be tried again, and {@code since} stays. */
    public Verification refused(Instant again) {
        return next(
                Status.WAITING, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), since, again);
    }

    /** A claim to verify a backup. */
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

    /** Takes over another worker's claim whose lease has expired. */
    public Verification takenOver(Instant lease) {
        return next(Status.CALLING, subject, Optional.of(lease), Optional.empty(), Optional.empty(), since, lease);
    }

    public Verification started(String as, Instant look) {
        return next(Status.STARTED, subject, Optional.empty(), Optional.of(as), Optional.empty(), since, look);
    }

    /** It did not pass; due at once, so that its notification is sent. */
    public Verification ended(VerificationResult what) {
        Verification known = what.outcome() == VerificationResult.Outcome.FAILED ? withResult(what) : this;
        return known.next(Status.ENDED, subject, Optional.empty(), startedAs, Optional.of(what), since, what.at());
    }

    /** Adds the backup to those that passed or failed. */
    public Verification withResult(VerificationResult what) {
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

    /**
     * The newest by id, since an id ends with the time. Whether a backup still exists is not checked: the index could
     * be stale.
     */
    private static SortedSet<String> newest(SortedSet<String> ids) {
        return ids.reversed().stream().limit(MOST_IDS).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The first verification by another backend, which can only verify its own backups. */
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
