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

/** The contract for servers that are not on EC2: managed nodes by a hybrid activation. */
class ServersElsewhereIT extends BackupServiceContract {
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
    protected ServerName aServer() {
        return stage.aServerElsewhere();
    }

    @Override
    protected void finishBackups(ServerName server) {
        stage.awaitEnd(server);
    }
}
