package dev.serverbackup.audit;

class InMemoryOpenRowsTest extends OpenRowsContract {
    private final InMemoryAuditTrail audit = new InMemoryAuditTrail();
    private final OpenRows open = new InMemoryOpenRows(audit);

    @Override
    protected AuditTrail audit() {
        return audit;
    }

    @Override
    protected OpenRows open() {
        return open;
    }
}
