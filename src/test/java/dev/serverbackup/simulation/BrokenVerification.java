package dev.serverbackup.simulation;

import dev.serverbackup.audit.InMemoryVerificationRepository;
import dev.serverbackup.audit.Verification;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.audit.VerificationResult;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Verifications that break a rule. */
final class BrokenVerification {
    private BrokenVerification() {}

    /** Sends again what it does not look for. */
    static Outside blind(Outside outside) {
        BackupOperations real = outside.operations();
        return outside.with(new BackupOperations() {
            @Override
            public OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
                return real.start(operation, sendBefore);
            }

            @Override
            public OperationResult.OfLookup find(BackupOperation operation) {
                return new OperationResult.NotFound();
            }

            @Override
            public OperationResult.OfLook state(BackupOperation operation, String startedAs) {
                return real.state(operation, startedAs);
            }
        });
    }

    /** Every writer wins. */
    static Outside unconditional(Outside outside, InMemoryVerificationRepository rows) {
        return outside.with(new Forwarding(outside.verifications()) {
            @Override
            public boolean replace(Verification old, Verification next) {
                Verification standing = rows.of(old.server()).orElse(old);
                return super.replace(standing, next);
            }
        });
    }

    /** Retention learns nothing of it. */
    static Outside unknown(Outside outside) {
        return outside.with(new Forwarding(outside.verifications()) {
            @Override
            public Optional<Verification> of(ServerName server) {
                return Optional.empty();
            }
        });
    }

    private static class Forwarding implements VerificationRepository {
        private final VerificationRepository real;

        Forwarding(VerificationRepository real) {
            this.real = real;
        }

        @Override
        public void schedule(ServerName server, BackupBackend backend, Instant now) {
            real.schedule(server, backend, now);
        }

        @Override
        public List<Verification> due(Instant now) {
            return real.due(now);
        }

        @Override
        public Optional<Verification> of(ServerName server) {
            return real.of(server);
        }

        @Override
        public boolean replace(Verification old, Verification next) {
            return real.replace(old, next);
        }

        @Override
        public void remove(Verification old) {
            real.remove(old);
        }

        @Override
        public boolean record(Verification.Subject subject, VerificationResult result) {
            return real.record(subject, result);
        }
    }
}
