package dev.serverbackup.backup.runcommand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.Samples;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupDeletionContract;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupServiceContract;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.local.systemsmanager.Instance;
import dev.serverbackup.local.systemsmanager.Instance.Standing;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real adapter against the local Run Command, over HTTP, where commands really run. */
class SystemsManagerServiceIT extends BackupServiceContract {
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
        return stage.aServer();
    }

    @Override
    protected void finishBackups(ServerName server) {
        stage.awaitEnd(server);
    }

    private BackupResult create(ServerName server) {
        return stage.prepared(server)
                .createBackup(
                        Server.named(server),
                        StubbedAdapter.OURS,
                        clock.instant().plusSeconds(60));
    }

    private Backup started(ServerName server) {
        return ((BackupResult.Started) create(server)).backup();
    }

    private Backup ended(ServerName server) {
        Backup backup = started(server);
        finishBackups(server);
        return found(backup.id());
    }

    private Backup found(String id) {
        return ((FindResult.Found) stage.service().backup(id)).backup();
    }

    @Test
    void a_good_backup_names_the_artefact_that_lies_on_disk_to_a_look_and_in_a_listing() throws Exception {
        ServerName server = aServer();
        Backup started = started(server);
        finishBackups(server);

        Backup good = found(started.id());
        assertThat(good.status()).isEqualTo(BackupStatus.OK);
        byte[] content = Files.readAllBytes(Path.of(good.artefact()));
        assertThat(good.members().get("Sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        assertThat(stage.service()
                        .states(clock.instant().minusSeconds(3_600), () -> true)
                        .of(started))
                .contains(good);
    }

    @Test
    void a_server_elsewhere_is_backed_up_and_refused_when_it_is_not_registered_any_more() {
        ServerName server = stage.aServerElsewhere();
        assertThat(ended(server).status()).isEqualTo(BackupStatus.OK);

        stage.commands().put(Instance.online(server.value(), Map.of()).in(Standing.TERMINATED));

        assertThat(create(server))
                .isInstanceOfSatisfying(
                        BackupResult.Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND));
    }

    @Test
    void a_backup_that_fails_on_the_server_has_its_type() throws Exception {
        ServerName server = aServer();
        Path chef = stage.commands().root(server.value()).resolve("chef");
        Files.createDirectories(chef);
        Files.writeString(chef.resolve("busy"), "Restoring from backup 20180518010336");

        Backup failed = ended(server);

        assertThat(failed.failure()).isEqualTo(ErrorType.INVALID_STATE);
        assertThat(failed.statusDescription()).contains("Restoring from backup");
    }

    @Test
    void deletion_removes_the_artefact_and_the_backup_is_gone() {
        ServerName server = aServer();
        Backup good = ended(server);

        var accepted = (DeletionResult.Accepted) stage.deletion().delete(good, Optional.empty());
        assertThat(found(good.id()).status()).isEqualTo(BackupStatus.DELETING);
        finishBackups(server);

        assertThat(Path.of(good.artefact())).doesNotExist();
        assertThat(stage.service().backup(good.id())).isInstanceOf(FindResult.Absent.class);
        assertThat(stage.deletion().delete(good, Optional.of(accepted.deletionId())))
                .isEqualTo(new DeletionResult.Deleted());
    }

    @Nested
    class Deletion extends BackupDeletionContract {
        @Override
        protected BackupDeletion deletion() {
            return stage.deletion();
        }

        @Override
        protected Backup aBackup() {
            return ended(aServer());
        }

        /** On a server that is there, where nothing lies under its name. */
        @Override
        protected Backup aMissingBackup() {
            String id = aServer() + "-20260301020001000";
            return Backup.of(Map.of(
                    Backup.ID, id, Backup.ARTEFACT, scratch.resolve(id + ".tar").toString()));
        }

        @Override
        protected Backup aRunningBackup() {
            return started(aServer());
        }

        @Override
        protected boolean isGood(String backupId) {
            return stage.service().backup(backupId) instanceof FindResult.Found found
                    && found.backup().status() == BackupStatus.OK;
        }
    }
}
