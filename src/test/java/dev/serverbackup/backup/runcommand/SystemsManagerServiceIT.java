package dev.serverbackup.backup.runcommand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.Samples;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupEngine;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupServiceContract;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.systemsmanager.Instance;
import dev.serverbackup.local.systemsmanager.Instance.Standing;
import dev.serverbackup.local.systemsmanager.RunCommand;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import dev.serverbackup.local.systemsmanager.SystemsManager;
import dev.serverbackup.request.ServerName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The real adapter against the local Run Command, over HTTP, where commands really run. */
class SystemsManagerServiceIT extends BackupServiceContract {
    private final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);

    @TempDir
    private Path scratch;

    private RunCommand commands;
    private LocalAws aws;
    private SystemsManagerBackupService service;
    private int servers;

    /** Commands run when they are released, and not before: else a test could find them ended. */
    @BeforeEach
    void start() {
        commands = new RunCommand(clock, scratch, Path.of("src/local/commands"), _ -> {});
        SampleDocuments.into(commands);
        aws = LocalAws.started(Fleet.of().unthrottled(), clock, new SystemsManager(commands));
        commands.hold();
        limitManualBackupsTo(50);
    }

    @AfterEach
    void stop() {
        commands.close();
        aws.close();
    }

    @Override
    protected void limitManualBackupsTo(int most) {
        var settings = new RunCommandSettings(
                new Documents(
                        DocumentReference.parse("backup:1"),
                        DocumentReference.parse("delete:1"),
                        Optional.of(BackupEngine.CHEF_AUTOMATE)),
                scratch.resolve("artefacts").toString(),
                Duration.ofMinutes(10),
                Duration.ofHours(6),
                most,
                Optional.empty());
        var builder = SsmClient.builder().httpClient(UrlConnectionHttpClient.create());
        Clients.to(aws.endpoint(), aws.endpoint()).accept(builder);
        service = SystemsManagerBackupService.with(
                builder, Clients.tagging(aws.endpoint()), settings, this::undeleted, clock, Duration.ofSeconds(15));
    }

    /** Instead of the audit, which would know them. */
    private int undeleted(ServerName server, int most) {
        return (int) commands.commands().stream()
                .filter(one ->
                        one.instanceId().equals(server.value()) && one.status().equals("Success"))
                .limit(most)
                .count();
    }

    /** One invocation's own. */
    @Override
    protected BackupService service() {
        return service.anew();
    }

    @Override
    protected BackupDeletion deletion() {
        return service.deletion();
    }

    /** On a server that is there, where nothing lies under its name. */
    @Override
    protected Backup aMissingBackup() {
        String id = aServer() + "-20260301020001000";
        return Backup.of(Map.of(
                Backup.ID, id, Backup.ARTEFACT, scratch.resolve(id + ".tar").toString()));
    }

    @Override
    protected InstantSource clock() {
        return clock;
    }

    @Override
    protected ServerName aServer() {
        return online("i-");
    }

    private ServerName online(String kind) {
        String id = kind + "%017x".formatted(++servers);
        commands.put(Instance.online(id, Map.of("Backup", "nightly")));
        return new ServerName(id);
    }

    /** The service's clock does not move with the commands. */
    @Override
    protected void finishBackups(ServerName server) {
        try {
            commands.release();
            commands.awaitEnd(server.value());
            commands.hold();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        clock.move(Duration.ofSeconds(1));
    }

    @Test
    void a_good_backup_names_the_artefact_that_lies_on_disk() throws Exception {
        Backup good = ended(aServer());

        assertThat(good.status()).isEqualTo(BackupStatus.OK);
        byte[] content = Files.readAllBytes(Path.of(good.artefact()));
        assertThat(good.members().get("Sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    }

    @Test
    void a_server_elsewhere_is_backed_up_and_refused_when_it_is_not_registered_any_more() {
        ServerName server = online("mi-");
        assertThat(ended(server).status()).isEqualTo(BackupStatus.OK);

        commands.put(Instance.online(server.value(), Map.of()).in(Standing.TERMINATED));

        assertThat(create(server))
                .isInstanceOfSatisfying(
                        BackupResult.Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND));
    }

    @Test
    void a_backup_that_fails_on_the_server_has_its_type() throws Exception {
        ServerName server = aServer();
        Path chef = commands.root(server.value()).resolve("chef");
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

        var accepted = (DeletionResult.Accepted) service.deletion().delete(good, Optional.empty());
        assertThat(found(good.id()).status()).isEqualTo(BackupStatus.DELETING);
        finishBackups(server);

        assertThat(Path.of(good.artefact())).doesNotExist();
        assertThat(service().backup(good.id())).isInstanceOf(FindResult.Absent.class);
        assertThat(service.deletion().delete(good, Optional.of(accepted.deletionId())))
                .isEqualTo(new DeletionResult.Deleted());
    }
}
