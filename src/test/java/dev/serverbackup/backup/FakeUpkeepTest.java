package dev.serverbackup.backup;

import dev.serverbackup.ManualClock;
import dev.serverbackup.Samples;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class FakeUpkeepTest {
    private final FakeServers servers = new FakeServers(new ManualClock(Samples.TWO_O_CLOCK));
    private final FakeUpkeep upkeep = new FakeUpkeep(servers);

    private Backup backUp() {
        servers.add(Samples.ALPHA.name());
        return ((BackupResult.Started) servers.create(Samples.ALPHA.name(), "by hand")).backup();
    }

    @Nested
    class Deletion extends BackupDeletionContract {
        @Override
        protected BackupDeletion deletion() {
            return upkeep;
        }

        @Override
        protected Backup aBackup() {
            Backup backup = backUp();
            servers.finish(Samples.ALPHA.name());
            return backup;
        }

        @Override
        protected Backup aMissingBackup() {
            return Backup.of(Map.of(Backup.ID, "nobodys-1"));
        }

        @Override
        protected Backup aRunningBackup() {
            return backUp();
        }

        @Override
        protected boolean isGood(String backupId) {
            return servers.shown(backupId) instanceof FindResult.Found(Backup backup)
                    && backup.status() == BackupStatus.OK;
        }
    }

    @Nested
    class OfManualBackups extends BackupQuotaContract {
        @Override
        protected BackupQuota quota(int maximum) {
            servers.limitManualBackupsTo(maximum);
            return upkeep;
        }

        @Override
        protected void backUp() {
            FakeUpkeepTest.this.backUp();
            servers.finish(Samples.ALPHA.name());
        }
    }
}
