package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditFigures;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Optional;

/** What a worker measures. Nothing depends on it; but it takes time, and may fail. */
record SimulatedFigures(Service service, TableAccess access, Worker worker) implements AuditFigures, BackupQuota {
    @Override
    public OpenEntries openEntries() {
        return access.read("how much is open", () -> new OpenEntries(0, Optional.empty()));
    }

    @Override
    public Optional<Instant> withoutSuccessSince(ServerName server) {
        return access.read("last success of " + server, Optional::empty);
    }

    @Override
    public Quota manualBackups() {
        return worker.step(
                "quota",
                () -> worker.faults().happens(worker.faults().mood().lookFails())
                        ? new Quota.Unavailable(BackupError.known(ErrorType.THROTTLING, "rate exceeded"))
                        : service.servers.manualBackups());
    }
}
