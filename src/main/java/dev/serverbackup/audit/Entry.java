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
 * One row of the audit table: one target of one run. Immutable; each method named after what happened returns the next
 * entry, and throws if the status does not allow that. A final entry never changes.
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
 * @param backend makes the backup; no other backend may act on the entry
 * @param server as it was resolved
 * @param attempts how often it was claimed for a call
 * @param attemptId of the last claim; absent before the first
 * @param leaseUntil until then only the worker with the claim may act; present only while {@code CALLING}
 * @param error the last error; {@code PENDING} entries keep it
 * @param requestedAt when the run was created
 * @param nextActionAt when the next attempt or lookup is due; final entries keep it while they are in the {@code open}
 *     index
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
        require(calling == leaseUntil.isPresent(), "a CALLING entry, and no other, has a lease");
        require(!calling || attemptId.isPresent(), "a CALLING entry has an attempt id");
        require(status != EntryStatus.FAILED || error.isPresent(), "a FAILED entry has an error");
        boolean accepted = status == EntryStatus.STARTED || status == EntryStatus.SUCCEEDED;
        require(!accepted || backup.isPresent(), "a STARTED or SUCCEEDED entry has a backup");
        require(status.isFinal() == finishedAt.isPresent(), "a final entry, and no other, has finishedAt");
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

    /** Whether the effect of an earlier attempt's call is unknown, and no lookup has determined it since. */
    public boolean isAfterDoubt() {
        return error.map(BackupError::effectUnknown).orElse(false);
    }

    /** Whether the service has, or may have, a backup of this entry: it succeeded, or failed with an unknown effect. */
    public boolean mayHaveBackup() {
        return status == EntryStatus.SUCCEEDED
                || (status == EntryStatus.FAILED && backup.isPresent() && isAfterDoubt());
    }

    /** Whether both have the claim of the same worker. */
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

    /** Takes over another worker's claim whose lease has expired. */
    public Entry takenOver(AttemptId attempt, Instant lease) {
        requireStatus(EntryStatus.CALLING);
        return edit().attemptId(attempt).leaseUntil(lease).nextActionAt(lease).build();
    }

    /** The call's effect is not known: the claim stays until its lease is over. */
    public Entry inDoubt(BackupError doubt) {
        requireStatus(EntryStatus.CALLING);
        return edit().error(doubt).build();
    }

    /** The attempt had no effect; to be attempted again. Without a new error the last one stays. */
    public Entry givenBack(Optional<BackupError> why, Instant again) {
        requireStatus(EntryStatus.CALLING);
        EntryBuilder back = edit().status(EntryStatus.PENDING).noLease().nextActionAt(again);
        return why.map(back::error).orElse(back).build();
    }

    /** The service accepted the request, or a lookup found this run's backup. */
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

    /** Still running, as the service now describes it; to be looked up again later. */
    public Entry stillRunning(Backup now, Instant again) {
        requireStatus(EntryStatus.STARTED);
        return edit().backup(now).nextActionAt(again).build();
    }

    /**
     * The backend had accepted the request, and now reports that nothing was done and nothing will be: to be attempted
     * again. The claim's attempt id stays, so that the write names what it replaces; the next claim has a new one.
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
            throw new IllegalStateException("the entry is " + status + ", but this needs " + needed);
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
