package dev.serverbackup.backup.systemsmanager;

import dev.serverbackup.HandMovedClock;
import dev.serverbackup.Samples;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupDeletionContract;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.Lookup;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.request.ServerName;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Deletion by a document that really runs. */
class SystemsManagerUpkeepIT extends BackupDeletionContract {
    private final HandMovedClock clock = new HandMovedClock(Samples.TWO_O_CLOCK);

    @TempDir
    private Path scratch;

    private RunCommandStage stage;

    @BeforeEach
    void start() {
        stage = new RunCommandStage(scratch, clock);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Override
    protected BackupDeletion deletion() {
        return stage.upkeep();
    }

    private String backupOf(ServerName server) {
        var asked = stage.prepared(server)
                .createBackup(Server.named(server), Stage.OURS, clock.instant().plusSeconds(60));
        return ((BackupResult.Started) asked).backup().id();
    }

    @Override
    protected String aBackup() {
        ServerName server = stage.aServer();
        String backup = backupOf(server);
        stage.awaitEnd(server);
        return backup;
    }

    @Override
    protected String aRunningBackup() {
        return backupOf(stage.aServer());
    }

    @Override
    protected boolean isGood(String backupId) {
        return stage.service().backup(backupId) instanceof Lookup.Found found
                && found.backup().status() == BackupStatus.OK;
    }
}
