package dev.serverbackup.audit;

class InMemoryAuditTrailTest extends AuditTrailContract {
    private final AuditTrail audit = new InMemoryAuditTrail();

    @Override
    protected AuditTrail audit() {
        return audit;
    }
}
