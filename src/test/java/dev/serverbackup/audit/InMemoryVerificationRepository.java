package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Verifications in memory, beside the entries that they concern: the contract, and nothing else. */
public final class InMemoryVerificationRepository implements VerificationRepository {
    private final InMemoryAuditRepository audit;
    private final InMemoryFollowUpRepository backups;
    private final Map<ServerName, Verification> rows = new LinkedHashMap<>();
    private final Map<String, VerificationResult> results = new LinkedHashMap<>();
    private final Set<String> verified = new HashSet<>();

    public InMemoryVerificationRepository(InMemoryAuditRepository audit, InMemoryFollowUpRepository backups) {
        this.audit = audit;
        this.backups = backups;
    }

    /** What the entry of a backup says of its last verification. */
    public synchronized Optional<VerificationResult> result(String backupId) {
        return Optional.ofNullable(results.get(backupId));
    }

    /** Whether the entry of a backup has an instant at which it passed. */
    public synchronized boolean isVerified(String backupId) {
        return verified.contains(backupId);
    }

    @Override
    public synchronized void schedule(ServerName server, BackupBackend backend, Instant now) {
        rows.putIfAbsent(server, Verification.first(server, backend, now));
    }

    @Override
    public synchronized List<Verification> due(Instant now) {
        return rows.values().stream()
                .filter(one -> !one.nextActionAt().isAfter(now))
                .sorted(Comparator.comparing(Verification::nextActionAt))
                .toList();
    }

    @Override
    public synchronized Optional<Verification> of(ServerName server) {
        return Optional.ofNullable(rows.get(server));
    }

    @Override
    public synchronized boolean replace(Verification old, Verification next) {
        boolean stands = stands(old);
        if (stands) {
            rows.put(next.server(), next);
        }
        return stands;
    }

    @Override
    public synchronized void remove(Verification old) {
        if (stands(old)) {
            rows.remove(old.server());
        }
    }

    private boolean stands(Verification old) {
        return of(old.server()).filter(one -> one.version() == old.version()).isPresent();
    }

    @Override
    public synchronized boolean record(Verification.Subject subject, VerificationResult result) {
        boolean stands = audit.entry(subject.runId(), subject.operation().server())
                .filter(entry -> entry.status() == EntryStatus.SUCCEEDED)
                .flatMap(Entry::backup)
                .filter(backup -> backup.id().equals(result.backupId()))
                .filter(backup -> backups.deletingAt(backup.id()).isEmpty())
                .isPresent();
        if (stands) {
            results.put(result.backupId(), result);
            switch (result.outcome()) {
                case PASSED -> verified.add(result.backupId());
                case FAILED -> verified.remove(result.backupId());
                case INCONCLUSIVE -> {}
            }
        }
        return stands;
    }
}
