package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupError;
import java.time.Instant;
import java.util.Optional;

class InMemoryFollowUpRepositoryTest extends FollowUpRepositoryContract {
    private final InMemoryAuditRepository audit = new InMemoryAuditRepository();
    private final InMemoryFollowUpRepository repository = new InMemoryFollowUpRepository(audit);

    @Override
    protected AuditRepository audit() {
        return audit;
    }

    @Override
    protected FollowUpRepository repository() {
        return repository;
    }

    @Override
    protected Optional<Instant> deletingAt(PastBackup backup) {
        return repository.deletingAt(backup.backupId());
    }

    @Override
    protected Optional<String> notKeptBy(PastBackup backup) {
        return repository.notKeptBy(backup.backupId());
    }

    @Override
    protected Optional<Instant> deletedAt(PastBackup backup) {
        return repository.deletedAt(backup.backupId());
    }

    @Override
    protected Optional<String> deleteError(PastBackup backup) {
        return repository.deleteError(backup.backupId()).map(BackupError::type).map(type -> type.name());
    }
}
