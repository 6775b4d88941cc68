package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupError;
import java.time.Instant;
import java.util.Optional;

class InMemoryTableFollowUpTest extends FollowUpRepositoryContract {
    private final InMemoryTable table = new InMemoryTable();

    @Override
    protected AuditRepository audit() {
        return table;
    }

    @Override
    protected FollowUpRepository repository() {
        return table;
    }

    @Override
    protected Optional<Instant> deletingAt(PastBackup backup) {
        return table.deletingAt(backup.backupId());
    }

    @Override
    protected Optional<Instant> deletedAt(PastBackup backup) {
        return table.deletedAt(backup.backupId());
    }

    @Override
    protected Optional<String> deleteError(PastBackup backup) {
        return table.deleteError(backup.backupId()).map(BackupError::type).map(type -> type.name());
    }
}
