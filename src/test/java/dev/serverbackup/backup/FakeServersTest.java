package dev.serverbackup.backup;

import dev.serverbackup.ManualClock;
import dev.serverbackup.Samples;
import dev.serverbackup.request.ServerName;
import java.time.InstantSource;
import java.util.Map;

/** The doubles keep to the contract. */
class FakeServersTest extends BackupServiceContract {
    private final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);
    private final FakeBackupService service = new FakeBackupService(clock);
    private int servers;

    @Override
    protected BackupService service() {
        return service;
    }

    @Override
    protected InstantSource clock() {
        return clock;
    }

    @Override
    protected ServerName aServer() {
        ServerName server = new ServerName("server-" + ++servers);
        service.servers().add(server);
        return server;
    }

    @Override
    protected void finishBackups(ServerName server) {
        service.servers().finish(server);
    }

    @Override
    protected void limitManualBackupsTo(int most) {
        service.servers().limitManualBackupsTo(most);
    }

    @Override
    protected BackupDeletion deletion() {
        return new FakeBackupDeletion(service.servers());
    }

    @Override
    protected Backup aMissingBackup() {
        return Backup.of(Map.of(Backup.ID, "nobodys-1"));
    }
}
