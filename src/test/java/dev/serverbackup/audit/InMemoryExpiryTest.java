package dev.serverbackup.audit;

class InMemoryExpiryTest extends ExpiryContract {
    private final InMemoryAuditTrail audit = new InMemoryAuditTrail(clock);
    private final OpenRows open = new InMemoryOpenRows(audit);
    private final BackupHistory history = new InMemoryBackupHistory(audit);

    @Override
    protected AuditTrail audit() {
        return audit;
    }

    @Override
    protected OpenRows open() {
        return open;
    }

    @Override
    protected BackupHistory history() {
        return history;
    }
}
