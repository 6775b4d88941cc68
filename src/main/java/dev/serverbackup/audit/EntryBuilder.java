package dev.serverbackup.audit;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import java.time.Instant;
import java.util.Optional;

/** Copies an entry with some of its fields changed. Used by one thread, once. */
final class EntryBuilder {
    private final Entry from;
    private EntryStatus status;
    private int attempts;
    private Optional<AttemptId> attemptId;
    private Optional<Instant> leaseUntil;
    private Optional<Backup> backup;
    private Optional<BackupError> error;
    private Optional<Instant> startedAt;
    private Optional<Instant> finishedAt;
    private Instant nextActionAt;

    EntryBuilder(Entry from) {
        this.from = from;
        this.status = from.status();
        this.attempts = from.attempts();
        this.attemptId = from.attemptId();
        this.leaseUntil = from.leaseUntil();
        this.backup = from.backup();
        this.error = from.error();
        this.startedAt = from.startedAt();
        this.finishedAt = from.finishedAt();
        this.nextActionAt = from.nextActionAt();
    }

    EntryBuilder status(EntryStatus value) {
        status = value;
        return this;
    }

    EntryBuilder attempts(int value) {
        attempts = value;
        return this;
    }

    EntryBuilder attemptId(AttemptId value) {
        attemptId = Optional.of(value);
        return this;
    }

    EntryBuilder leaseUntil(Instant value) {
        leaseUntil = Optional.of(value);
        return this;
    }

    EntryBuilder noLease() {
        leaseUntil = Optional.empty();
        return this;
    }

    EntryBuilder backup(Backup value) {
        backup = Optional.of(value);
        return this;
    }

    EntryBuilder noBackup() {
        backup = Optional.empty();
        return this;
    }

    EntryBuilder noStart() {
        startedAt = Optional.empty();
        return this;
    }

    EntryBuilder error(BackupError value) {
        error = Optional.of(value);
        return this;
    }

    EntryBuilder noError() {
        error = Optional.empty();
        return this;
    }

    EntryBuilder startedAt(Instant value) {
        startedAt = Optional.of(value);
        return this;
    }

    EntryBuilder finishedAt(Instant value) {
        finishedAt = Optional.of(value);
        return this;
    }

    EntryBuilder nextActionAt(Instant value) {
        nextActionAt = value;
        return this;
    }

    Entry build() {
        return new Entry(
                from.runId(),
                from.backend(),
                from.server(),
                status,
                attempts,
                attemptId,
                leaseUntil,
                backup,
                error,
                from.requestedAt(),
                startedAt,
                finishedAt,
                nextActionAt);
    }
}
