package dev.serverbackup.simulation;

import dev.serverbackup.audit.InMemoryBackupHistory;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The table's attributes of deletions: what a write does at the moment when it arrives. */
final class HistoryTable {
    private final Indexes indexes;
    private final RetentionInvariants invariants;
    private final InMemoryBackupHistory rows;

    HistoryTable(InMemoryBackupHistory rows, Indexes indexes, RetentionInvariants invariants) {
        this.rows = rows;
        this.indexes = indexes;
        this.invariants = invariants;
    }

    List<PastBackup> undeleted(ServerName server, LongSupplier lag) {
        return indexes.undeleted(server, lag);
    }

    boolean intendDeletion(PastBackup backup, Instant at) {
        boolean intended = rows.intendDeletion(backup, at);
        if (intended) {
            indexes.follow(backup.intended(backup.deletionId()), true);
        }
        return intended;
    }

    void deletionAccepted(PastBackup backup, String deletionId) {
        rows.deletionAccepted(backup, deletionId);
        if (rows.deletedAt(backup.backupId()).isEmpty()) {
            indexes.follow(backup.intended(Optional.of(deletionId)), true);
        }
    }

    void deleted(PastBackup backup, Instant at) {
        rows.deleted(backup, at);
        if (rows.deletedAt(backup.backupId()).isPresent()) {
            invariants.recorded(backup.backupId());
            indexes.follow(backup.intended(backup.deletionId()), false);
        }
    }

    void notDeleted(PastBackup backup, BackupError why) {
        rows.notDeleted(backup, why);
    }
}
