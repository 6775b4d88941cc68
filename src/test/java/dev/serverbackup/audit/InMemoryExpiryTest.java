package dev.serverbackup.audit;

class InMemoryExpiryTest extends ExpiryContract {
    private final InMemoryAuditTrail audit = new InMemoryAuditTrail(clock);
    private final FollowUpRepository repository = new InMemoryFollowUpRepository(audit);

    @Override
    protected AuditTrail audit() {
        return audit;
    }

    @Override
    protected FollowUpRepository repository() {
        return repository;
    }
}
