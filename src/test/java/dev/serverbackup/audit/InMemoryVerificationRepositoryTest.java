package dev.serverbackup.audit;

import dev.serverbackup.server.Server;

class InMemoryVerificationRepositoryTest extends VerificationRepositoryContract {
    private final InMemoryAuditRepository audit = new InMemoryAuditRepository();
    private final InMemoryFollowUpRepository backups = new InMemoryFollowUpRepository(audit);
    private final InMemoryVerificationRepository repository = new InMemoryVerificationRepository(audit, backups);

    @Override
    protected AuditRepository audit() {
        return audit;
    }

    @Override
    protected FollowUpRepository backups() {
        return backups;
    }

    @Override
    protected VerificationRepository repository() {
        return repository;
    }

    @Override
    protected String recorded(Server server) {
        String backup = server.name() + "-20260301020001000";
        return "%s, %s"
                .formatted(
                        repository
                                .result(backup)
                                .map(result -> result.outcome().name())
                                .orElse("nothing"),
                        repository.isVerified(backup) ? "verified" : "not verified");
    }
}
