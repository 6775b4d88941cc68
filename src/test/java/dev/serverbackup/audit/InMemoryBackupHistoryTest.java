package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupError;
import java.time.Instant;
import java.util.Optional;

class InMemoryBackupHistoryTest extends BackupHistoryContract {
    private final InMemoryAuditTrail audit = new InMemoryAuditTrail();
    private final InMemoryBackupHistory history = new InMemoryBackupHistory(audit);

    @Override
    protected AuditTrail audit() {
        return audit;
    }

    @Override
    protected BackupHistory history() {
        return history;
    }

    @Override
    protected Optional<Instant> deletingAt(PastBackup backup) {
        return history.deletingAt(backup.backupId());
    }

    @Override
    protected Optional<Instant> deletedAt(PastBackup backup) {
        return history.deletedAt(backup.backupId());
    }

    @Override
    protected Optional<String> deleteError(PastBackup backup) {
        return history.deleteError(backup.backupId()).map(BackupError::type).map(type -> type.name());
    }
}
