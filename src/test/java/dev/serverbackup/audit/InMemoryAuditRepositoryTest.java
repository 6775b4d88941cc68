package dev.serverbackup.audit;

class InMemoryAuditRepositoryTest extends AuditRepositoryContract {
    private final AuditRepository audit = new InMemoryAuditRepository();

    @Override
    protected AuditRepository audit() {
        return audit;
    }
}
