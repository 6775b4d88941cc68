package dev.serverbackup.audit;

class InMemoryTableExpiryTest extends ExpiryContract {
    private final InMemoryTable table = new InMemoryTable(clock);

    @Override
    protected AuditRepository audit() {
        return table;
    }

    @Override
    protected FollowUpRepository repository() {
        return table;
    }
}
