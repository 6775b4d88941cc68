package dev.serverbackup.audit;

import dev.serverbackup.server.Server;
import org.junit.jupiter.api.Nested;

/** The audit in memory keeps to the contracts. */
class InMemoryAuditTest extends AuditRepositoryContract {
    private final InMemoryAuditRepository audit = new InMemoryAuditRepository();
    private final InMemoryFollowUpRepository open = new InMemoryFollowUpRepository(audit);

    @Override
    protected AuditRepository audit() {
        return audit;
    }

    @Nested
    class OverAllRuns extends FollowUpRepositoryContract {
        @Override
        protected AuditRepository audit() {
            return audit;
        }

        @Override
        protected FollowUpRepository repository() {
            return open;
        }

        @Override
        protected Deletion deletion(PastBackup backup) {
            String id = backup.backupId();
            return new Deletion(
                    open.deletingAt(id),
                    open.notKeptBy(id),
                    open.deletedAt(id),
                    open.deleteError(id).map(error -> error.type().name()));
        }
    }

    @Nested
    class OfVerifications extends VerificationRepositoryContract {
        private final InMemoryVerificationRepository verifications = new InMemoryVerificationRepository(audit, open);

        @Override
        protected AuditRepository audit() {
            return audit;
        }

        @Override
        protected FollowUpRepository backups() {
            return open;
        }

        @Override
        protected VerificationRepository repository() {
            return verifications;
        }

        @Override
        protected String recorded(Server server) {
            String backup = server.name() + "-20260301020001000";
            String result = verifications
                    .result(backup)
                    .map(last -> last.outcome().name())
                    .orElse("nothing");
            return result + (verifications.isVerified(backup) ? ", verified" : ", not verified");
        }
    }

    @Nested
    class OfCheckpoints extends CheckpointRepositoryContract {
        private final CheckpointRepository checkpoints = new InMemoryCheckpointRepository();

        @Override
        protected CheckpointRepository repository() {
            return checkpoints;
        }
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
