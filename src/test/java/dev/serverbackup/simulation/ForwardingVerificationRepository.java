package dev.serverbackup.simulation;

import dev.serverbackup.audit.Verification;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.audit.VerificationResult;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hands everything on; what is judged, or broken, is overridden. */
class ForwardingVerificationRepository implements VerificationRepository {
    private final VerificationRepository real;

    ForwardingVerificationRepository(VerificationRepository real) {
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
