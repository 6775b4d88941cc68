package dev.serverbackup.audit;

class InMemoryExpiryTest extends ExpiryContract {
    private final InMemoryAuditRepository audit = new InMemoryAuditRepository(clock);
    private final FollowUpRepository repository = new InMemoryFollowUpRepository(audit);

    @Override
    protected AuditRepository audit() {
        return audit;
    }

    @Override
    protected FollowUpRepository repository() {
        return repository;
    }
}
