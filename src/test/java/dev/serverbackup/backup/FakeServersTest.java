package dev.serverbackup.backup;

import dev.serverbackup.ManualClock;
import dev.serverbackup.Samples;
import dev.serverbackup.request.ServerName;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The doubles keep to the contracts. */
class FakeServersTest extends BackupServiceContract {
    private final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);
    private final FakeBackupService service = new FakeBackupService(clock);
    private final FakeUpkeep upkeep = new FakeUpkeep(service.servers());
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

    private Backup started(ServerName server) {
        return ((BackupResult.Started) service.servers().create(server, "by hand")).backup();
    }

    private Backup ended() {
        ServerName server = aServer();
        Backup backup = started(server);
        finishBackups(server);
        return backup;
    }

    @Nested
    class Deletion extends BackupDeletionContract {
        @Override
        protected BackupDeletion deletion() {
            return upkeep;
        }

        @Override
        protected Backup aBackup() {
            return ended();
        }

        @Override
        protected Backup aMissingBackup() {
            return Backup.of(Map.of(Backup.ID, "nobodys-1"));
        }

        @Override
        protected Backup aRunningBackup() {
            return started(aServer());
        }

        @Override
        protected boolean isGood(String backupId) {
            return service.backup(backupId) instanceof FindResult.Found(Backup backup)
                    && backup.status() == BackupStatus.OK;
        }
    }

    @Nested
    class OfManualBackups extends BackupQuotaContract {
        @Override
        protected BackupQuota quota(int maximum) {
            limitManualBackupsTo(maximum);
            return upkeep;
        }

        @Override
        protected void backUp() {
            ended();
        }
    }
}
