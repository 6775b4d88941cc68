package dev.serverbackup.audit;

class InMemoryTableTest extends AuditRepositoryContract {
    private final AuditRepository audit = new InMemoryTable();

    @Override
    protected AuditRepository audit() {
        return audit;
    }
}
