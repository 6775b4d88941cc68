package dev.serverbackup.backup.runcommand;

import dev.serverbackup.ManualClock;
import dev.serverbackup.Samples;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupDeletionContract;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Deletion by a document that really runs. */
class ArtefactDeletionIT extends BackupDeletionContract {
    private final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);

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
        return stage.deletion();
    }

    private Backup backupOf(ServerName server) {
        var asked = stage.prepared(server)
                .createBackup(
                        Server.named(server),
                        StubbedAdapter.OURS,
                        clock.instant().plusSeconds(60));
        return ((BackupResult.Started) asked).backup();
    }

    @Override
    protected Backup aBackup() {
        ServerName server = stage.aServer();
        Backup backup = backupOf(server);
        stage.awaitEnd(server);
        return ((FindResult.Found) stage.service().backup(backup.id())).backup();
    }

    /** On a server that is there, where nothing lies under its name. */
    @Override
    protected Backup aMissingBackup() {
        String id = stage.aServer() + "-20260301020001000";
        return Backup.of(Map.of(
                Backup.ID, id, Backup.ARTEFACT, scratch.resolve(id + ".tar").toString()));
    }

    @Override
    protected Backup aRunningBackup() {
        return backupOf(stage.aServer());
    }

    @Override
    protected boolean isGood(String backupId) {
        return stage.service().backup(backupId) instanceof FindResult.Found found
                && found.backup().status() == BackupStatus.OK;
    }
}
