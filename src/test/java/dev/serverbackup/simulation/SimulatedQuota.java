package dev.serverbackup.simulation;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.Quota;

/** How full the account is, to one worker. Nothing depends on it; but it takes time, and may fail. */
record SimulatedQuota(SimulatedService service, Worker worker) implements BackupQuota {
    @Override
    public Quota manualBackups() {
        return worker.step(
                "quota",
                () -> worker.faults().happens(worker.faults().mood().lookFails())
                        ? new Quota.Unavailable(BackupError.known(ErrorType.THROTTLING, "rate exceeded"))
                        : service.servers.manualBackups());
    }
}
