package dev.serverbackup.simulation;

import dev.serverbackup.audit.Verification;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.audit.VerificationResult;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One worker's way to the rows of verifications. */
final class SimulatedVerificationRepository implements VerificationRepository {
    private final VerificationRepository real;
    private final VerificationInvariants invariants;
    private final TableAccess access;

    SimulatedVerificationRepository(
            VerificationRepository real, VerificationInvariants invariants, TableAccess access) {
        this.real = real;
        this.invariants = invariants;
        this.access = access;
    }

    @Override
    public void schedule(ServerName server, BackupBackend backend, Instant now) {
        access.write("schedule the verification of " + server, () -> real.schedule(server, backend, now));
    }

    @Override
    public List<Verification> due(Instant now) {
        return access.read("which verifications are due", () -> real.due(now));
    }

    @Override
    public Optional<Verification> of(ServerName server) {
        return access.read("verification of " + server, () -> real.of(server));
    }

    @Override
    public boolean replace(Verification old, Verification next) {
        return access.write("write the verification of " + old.server() + " as " + next.status(), () -> {
            boolean written = real.replace(old, next);
            if (written) {
                invariants.written(next);
            }
            return written;
        });
    }

    @Override
    public void remove(Verification old) {
        access.write("remove the verification of " + old.server(), () -> real.remove(old));
    }

    @Override
    public boolean record(Verification.Subject subject, VerificationResult result) {
        return access.write("record the verification of " + result.backupId(), () -> {
            boolean stands = real.record(subject, result);
            if (stands) {
                invariants.recorded(result);
            }
            return stands;
        });
    }
}
