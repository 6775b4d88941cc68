package dev.serverbackup.audit;

import dev.serverbackup.server.Server;
import org.junit.jupiter.api.Nested;

/** The audit in memory keeps to the contracts. */
class InMemoryAuditTest
        implements AuditRepositoryContract,
                FollowUpRepositoryContract,
                VerificationRepositoryContract,
                CheckpointRepositoryContract {
    private final InMemoryAuditRepository audit = new InMemoryAuditRepository();
    private final InMemoryFollowUpRepository followUps = new InMemoryFollowUpRepository(audit);
    private final InMemoryVerificationRepository verifications = new InMemoryVerificationRepository(audit, followUps);
    private final CheckpointRepository checkpoints = new InMemoryCheckpointRepository();

    @Override
    public AuditRepository audit() {
        return audit;
    }

    @Override
    public FollowUpRepository followUps() {
        return followUps;
    }

    @Override
    public VerificationRepository verifications() {
        return verifications;
    }

    @Override
    public CheckpointRepository checkpoints() {
        return checkpoints;
    }

    @Override
    public Deletion deletion(PastBackup backup) {
        String id = backup.backupId();
        return new Deletion(
                followUps.deletingAt(id),
                followUps.notKeptBy(id),
                followUps.deletedAt(id),
                followUps.deleteError(id).map(error -> error.type().name()));
    }

    @Override
    public String recorded(Server server) {
        String backup = server.name() + "-20260301020001000";
        String result =
                verifications.result(backup).map(last -> last.outcome().name()).orElse("nothing");
        return result + (verifications.isVerified(backup) ? ", verified" : ", not verified");
    }

    @Nested
    class Expiring extends ExpiryContract {
        private final InMemoryAuditRepository expiring = new InMemoryAuditRepository(clock);
        private final FollowUpRepository followUp = new InMemoryFollowUpRepository(expiring);

        @Override
        protected AuditRepository audit() {
            return expiring;
        }

        @Override
        protected FollowUpRepository repository() {
            return followUp;
        }
    }
}
