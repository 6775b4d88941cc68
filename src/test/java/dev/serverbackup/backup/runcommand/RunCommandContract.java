package dev.serverbackup.backup.runcommand;

import dev.serverbackup.ManualClock;
import dev.serverbackup.Samples;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupServiceContract;
import dev.serverbackup.request.ServerName;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, over HTTP against the local Run Command, where commands really run. */
abstract class RunCommandContract extends BackupServiceContract {
    final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);

    @TempDir
    private Path scratch;

    RunCommandStage stage;

    @BeforeEach
    void start() {
        stage = new RunCommandStage(scratch, clock);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Override
    protected void limitManualBackupsTo(int most) {
        stage.limitBackupsTo(most);
    }

    @Override
    protected BackupService service() {
        return stage.service();
    }

    @Override
    protected InstantSource clock() {
        return clock;
    }

    @Override
    protected void finishBackups(ServerName server) {
        stage.awaitEnd(server);
    }
}
