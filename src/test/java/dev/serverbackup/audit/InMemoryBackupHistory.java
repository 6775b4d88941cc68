package dev.serverbackup.audit;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The history over an audit in memory: the contract, and nothing else. What it adds to the entries can be seen. */
public final class InMemoryBackupHistory implements BackupHistory {
    private final InMemoryAuditTrail audit;
    private final Map<String, Instant> deletingAt = new HashMap<>();
    private final Map<String, Instant> deletedAt = new HashMap<>();
    private final Map<String, String> deletionId = new HashMap<>();
    private final Map<String, BackupError> deleteError = new HashMap<>();

    public InMemoryBackupHistory(InMemoryAuditTrail audit) {
        this.audit = audit;
    }

    public synchronized Optional<Instant> deletingAt(String backupId) {
        return Optional.ofNullable(deletingAt.get(backupId));
    }

    public synchronized Optional<Instant> deletedAt(String backupId) {
        return Optional.ofNullable(deletedAt.get(backupId));
    }

    public synchronized Optional<BackupError> deleteError(String backupId) {
        return Optional.ofNullable(deleteError.get(backupId));
    }

    @Override
    public synchronized List<PastBackup> undeleted(ServerName server) {
        return audit.entriesOf(server).stream()
                .filter(entry -> entry.status() == EntryStatus.SUCCEEDED)
                .map(entry -> past(entry, entry.backup().orElseThrow()))
                .filter(past -> !deletedAt.containsKey(past.backupId()))
                .toList();
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        return Math.min(atMost, undeleted(server).size());
    }

    private PastBackup past(Entry entry, Backup backup) {
        PastBackup past = PastBackup.of(entry);
        return deletingAt.containsKey(backup.id())
                ? past.intended(Optional.ofNullable(deletionId.get(backup.id())))
                : past;
    }

    @Override
    public synchronized boolean intendDeletion(PastBackup backup, Instant at) {
        boolean stands = stands(backup);
        if (stands) {
            deletingAt.putIfAbsent(backup.backupId(), at);
        }
        return stands;
    }

    @Override
    public synchronized void deletionAccepted(PastBackup backup, String accepted) {
        if (stands(backup) && deletingAt.containsKey(backup.backupId())) {
            deletionId.put(backup.backupId(), accepted);
        }
    }

    @Override
    public synchronized void deleted(PastBackup backup, Instant at) {
        if (stands(backup) && deletingAt.containsKey(backup.backupId())) {
            deletedAt.put(backup.backupId(), at);
            deleteError.remove(backup.backupId());
        }
    }

    @Override
    public synchronized void notDeleted(PastBackup backup, BackupError why) {
        if (stands(backup) && deletingAt.containsKey(backup.backupId())) {
            deleteError.put(backup.backupId(), why);
        }
    }

    private boolean stands(PastBackup backup) {
        return !deletedAt.containsKey(backup.backupId())
                && audit.entry(backup.runId(), backup.serverName())
                        .filter(entry -> entry.status() == EntryStatus.SUCCEEDED)
                        .flatMap(Entry::backup)
                        .filter(found -> found.id().equals(backup.backupId()))
                        .isPresent();
    }
}
