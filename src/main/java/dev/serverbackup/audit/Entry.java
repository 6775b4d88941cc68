package dev.serverbackup.audit;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of the audit table: one target of one run. Immutable; the methods named after what happened give the entry
 * that follows, and refuse what can't follow. Final entries have no followers.
 *
 * <pre>
 *            claimed              started              succeeded
 * PENDING ──────────► CALLING ──────────────► STARTED ──────────────► SUCCEEDED
 *  │ ▲ ▲               │   │ ▲                 │   │
 *  │ │ └── givenBack ──┘   │ └ takenOver        │   │ failed
 *  │ │                     │   inDoubt          │   │
 *  │ └──────────── refusedAfterwards ───────────┘   │
 *  └───────── failed ──────┴─────► FAILED ◄─────────┘
 * </pre>
 *
 * @param backend which backend the backup is made by; no other may act on the entry
 * @param server as resolved
 * @param attempts how often it was claimed to be called
 * @param attemptId of the last claim; absent before the first
 * @param leaseUntil until then only the claimer may act; there while {@code CALLING} only
 * @param error the last error; {@code PENDING} entries keep it
 * @param requestedAt when the run was created
 * @param nextActionAt when the next attempt or look is due; final entries keep it while they are in the {@code open} index
 */
public record Entry(
        RunId runId,
        BackupBackend backend,
        Server server,
        EntryStatus status,
        int attempts,
        Optional<AttemptId> attemptId,
        Optional<Instant> leaseUntil,
        Optional<Backup> backup,
        Optional<BackupError> error,
        Instant requestedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Instant nextActionAt) {

    public Entry {
        boolean calling = status == EntryStatus.CALLING;
        require(calling == leaseUntil.isPresent(), "a lease belongs to CALLING, and to nothing else");
        require(!calling || attemptId.isPresent(), "CALLING names its attempt");
        require(status != EntryStatus.FAILED || error.isPresent(), "FAILED says why");
        boolean accepted = status == EntryStatus.STARTED || status == EntryStatus.SUCCEEDED;
        require(!accepted || backup.isPresent(), "STARTED and SUCCEEDED name their backup");
        require(status.isFinal() == finishedAt.isPresent(), "final entries, and no others, have ended");
    }

    /** A target's first entry: due at once. */
    public static Entry pending(RunId runId, BackupBackend backend, Server server, Instant requestedAt) {
        return new Entry(
                runId,
                backend,
                server,
                EntryStatus.PENDING,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                requestedAt,
                Optional.empty(),
                Optional.empty(),
                requestedAt);
    }

    public ServerName serverName() {
        return server.name();
    }

    /** Whether a call of an earlier attempt ended without a known effect, and no look has answered it since. */
    public boolean isAfterDoubt() {
        return error.map(BackupError::effectUnknown).orElse(false);
    }

    /** Whether the service has, or may have, a backup of this entry: it succeeded, or failed with an unknown effect. */
    public boolean mayHaveBackup() {
        return status == EntryStatus.SUCCEEDED
                || (status == EntryStatus.FAILED && backup.isPresent() && isAfterDoubt());
    }

    /** Whether the same worker's claim stands in both. */
    public boolean isSameClaim(Entry other) {
        return status == EntryStatus.CALLING && other.status == status && attemptId.equals(other.attemptId);
    }

    public Entry claimed(AttemptId attempt, Instant lease) {
        requireStatus(EntryStatus.PENDING);
        return edit().status(EntryStatus.CALLING)
                .attempts(attempts + 1)
                .attemptId(attempt)
                .leaseUntil(lease)
                .nextActionAt(lease)
                .build();
    }

    /** Another worker's claim whose lease is over becomes ours. */
    public Entry takenOver(AttemptId attempt, Instant lease) {
        requireStatus(EntryStatus.CALLING);
        return edit().attemptId(attempt).leaseUntil(lease).nextActionAt(lease).build();
    }

    /** The call's effect is not known: the claim stays until its lease is over. */
    public Entry inDoubt(BackupError doubt) {
        requireStatus(EntryStatus.CALLING);
        return edit().error(doubt).build();
    }

    /** Nothing happened; to be attempted again. Without a new error the last one stays. */
    public Entry givenBack(Optional<BackupError> why, Instant again) {
        requireStatus(EntryStatus.CALLING);
        EntryBuilder back = edit().status(EntryStatus.PENDING).noLease().nextActionAt(again);
        return why.map(back::error).orElse(back).build();
    }

    /** The service accepted, or a look found our own backup. */
    public Entry started(Backup accepted, Instant now) {
        requireStatus(EntryStatus.CALLING);
        return edit().status(EntryStatus.STARTED)
                .noLease()
                .backup(accepted)
                .noError()
                .startedAt(now)
                .nextActionAt(now)
                .build();
    }

    /** Still running, as the service now describes it; to be looked at again later. */
    public Entry stillRunning(Backup now, Instant again) {
        requireStatus(EntryStatus.STARTED);
        return edit().backup(now).nextActionAt(again).build();
    }

    /**
     * The backend says, for good, that the backup which it had accepted did nothing: to be attempted again. The claim's
     * attempt id stays, so that the write names what it replaces; the next claim has one of its own.
     */
    public Entry refusedAfterwards(BackupError why, Instant again) {
        requireStatus(EntryStatus.STARTED);
        return edit().status(EntryStatus.PENDING)
                .noBackup()
                .noStart()
                .error(why)
                .nextActionAt(again)
                .build();
    }

    /** The backup is there. */
    public Entry succeeded(Backup finished, Instant now) {
        requireStatus(EntryStatus.STARTED);
        return edit().status(EntryStatus.SUCCEEDED)
                .backup(finished)
                .finishedAt(now)
                .nextActionAt(now)
                .build();
    }

    /** There is no backup of this run, or it is not known to be good. */
    public Entry failed(BackupError why, Instant now) {
        if (status.isFinal()) {
            throw new IllegalStateException("the outcome of a final entry never changes: " + status);
        }
        return edit().status(EntryStatus.FAILED)
                .noLease()
                .error(why)
                .finishedAt(now)
                .nextActionAt(now)
                .build();
    }

    private void requireStatus(EntryStatus needed) {
        if (status != needed) {
            throw new IllegalStateException("from " + status + ", where only " + needed + " will do");
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    private EntryBuilder edit() {
        return new EntryBuilder(this);
    }
}
