package dev.serverbackup.backup.runcommand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Samples;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.backup.Marker;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.systemsmanager.Instance;
import dev.serverbackup.local.systemsmanager.Instance.Standing;
import dev.serverbackup.local.systemsmanager.RunCommand;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real adapter against the local Run Command, over HTTP, where commands really run. */
class SystemsManagerServiceIT extends RunCommandContract {
    private static final CallPattern SEND = CallPattern.of("SendCommand");
    private static final String OURS = "nightly" + BackupRequest.marker(Samples.NIGHTLY);

    private RunCommand commands;

    @BeforeEach
    void keep_the_commands() {
        commands = stage.commands();
    }

    @Override
    protected ServerName aServer() {
        return stage.aServer();
    }

    private BackupResult create(ServerName server) {
        return stage.prepared(server)
                .createBackup(Server.named(server), OURS, clock.instant().plusSeconds(60));
    }

    private Backup started(ServerName server) {
        return ((BackupResult.Started) create(server)).backup();
    }

    private Backup found(String id) {
        return ((FindResult.Found) stage.service().backup(id)).backup();
    }

    private boolean isShown(ServerName server) {
        return !new Marker(Samples.NIGHTLY, server, clock.instant())
                .allIn(((ListResult.Backups) stage.service().backupsOf(server, Instant.EPOCH)).backups())
                .isEmpty();
    }

    @Test
    void a_good_backup_names_the_artefact_that_lies_on_disk() throws Exception {
        ServerName server = aServer();
        String id = started(server).id();
        finishBackups(server);

        Backup backup = found(id);

        assertThat(backup.status()).isEqualTo(BackupStatus.OK);
        byte[] content = Files.readAllBytes(Path.of((String) backup.members().get("Artefact")));
        assertThat(backup.members().get("Sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    }

    @ParameterizedTest
    @CsvSource({
        "OFFLINE, InvalidStateException, 'instance %s is not Online: its agent is ConnectionLost, and was last heard"
                + " of at 2026-03-01T01:53:20Z; EC2 calls it running'",
        "STOPPED, InvalidStateException, 'instance %s is stopped, or not managed by Systems Manager; EC2 calls it"
                + " stopped'",
        "UNMANAGED, InvalidStateException, 'instance %s is stopped, or not managed by Systems Manager'",
        "ENDING, ResourceNotFoundException, there is no instance %s any more: EC2 calls it terminated",
        "TERMINATED, ResourceNotFoundException, there is no instance %s (any more): Systems Manager does not accept"
                + " its id"
    })
    void a_server_that_is_not_online_is_refused_with_its_reason(Standing standing, String type, String reason) {
        isRefused(aServer(), standing, type, reason);
    }

    /** One that is switched off stays registered; EC2 knows no state of it. */
    @ParameterizedTest
    @CsvSource({
        "OFFLINE, InvalidStateException, 'instance %s is not Online: its agent is ConnectionLost, and was last heard"
                + " of at 2026-03-01T01:53:20Z'",
        "TERMINATED, ResourceNotFoundException, there is no instance %s (any more): Systems Manager does not accept"
                + " its id"
    })
    void a_server_elsewhere_is_refused_while_it_is_off_and_when_it_is_not_registered_any_more(
            Standing standing, String type, String reason) {
        isRefused(stage.aServerElsewhere(), standing, type, reason);
    }

    private void isRefused(ServerName server, Standing standing, String type, String reason) {
        commands.put(Instance.online(server.value(), Map.of()).in(standing));

        assertThat(create(server)).isInstanceOfSatisfying(BackupResult.Refused.class, refused -> {
            assertThat(refused.error().type().name()).isEqualTo(type);
            assertThat(refused.error().message()).isEqualTo(reason.formatted(server));
        });
        assertThat(stage.aws().calls().matching(SEND)).isEmpty();
    }

    @Test
    void a_backup_that_fails_on_the_server_has_its_type() throws Exception {
        ServerName server = aServer();
        Files.createDirectories(commands.root(server.value()).resolve("chef"));
        Files.writeString(commands.root(server.value()).resolve("chef/busy"), "Restoring from backup 20180518010336");
        String id = started(server).id();
        finishBackups(server);

        assertThat(found(id).failure()).isEqualTo(ErrorType.INVALID_STATE);
        assertThat(found(id).statusDescription()).contains("Restoring from backup");
    }

    @Test
    void a_command_whose_agent_is_dead_stays_in_progress_for_hours_and_keeps_its_server_busy() {
        ServerName server = aServer();
        Backup backup = started(server);
        clock.move(Duration.ofHours(5));

        assertThat(found(backup.id()).status()).isEqualTo(BackupStatus.IN_PROGRESS);
        assertThat(create(server)).isInstanceOf(BackupResult.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "TimedOut, DeliveryTimedOut",
        "TimedOut, ExecutionTimedOut",
        "Failed, Undeliverable",
        "Failed, Terminated",
        "Failed, AccessDenied",
        "Failed, InvalidPlatform",
        "Failed, RateExceeded",
        "Failed, NoInstancesInTag",
        "Failed, Incomplete",
        "Cancelled, Terminated",
        "Cancelled, Cancelled"
    })
    void a_command_that_the_service_ends_is_an_error_of_that_type(String status, String details) {
        ServerName server = aServer();
        Backup backup = started(server);

        commands.end((String) backup.members().get("CommandId"), status, details);

        assertThat(found(backup.id()).status()).isEqualTo(BackupStatus.FAILED);
        assertThat(found(backup.id()).failure().name()).isEqualTo(details);
    }

    @ParameterizedTest
    @CsvSource({
        "ACCESS_DENIED, AccessDeniedException",
        "INVALID_DOCUMENT, InvalidDocument",
        "INVALID_DOCUMENT_VERSION, InvalidDocumentVersion",
        "INVALID_PARAMETERS, InvalidParameters",
        "INVALID_INSTANCE_ID, InvalidStateException"
    })
    void a_command_that_is_refused_is_an_error_of_that_type(
            dev.serverbackup.local.http.AwsErrorType answered, String type) {
        ServerName server = aServer();
        stage.aws().faults().next(1, SEND, new Fault.Refuse(new AwsError(answered, "because")));

        assertThat(create(server))
                .isInstanceOfSatisfying(
                        BackupResult.Refused.class,
                        refused -> assertThat(refused.error().type().name()).isEqualTo(type));
    }

    @Test
    void each_change_of_a_commands_status_is_told() {
        ServerName server = aServer();
        started(server);
        finishBackups(server);

        assertThat(stage.statuses()).containsExactly("Pending", "InProgress", "Success");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_error_of_the_service_is_doubt_that_a_look_dispels(boolean hadEffect) {
        ServerName server = aServer();
        stage.aws().faults().next(1, SEND, hadEffect ? Fault.unavailableAfterEffect() : Fault.unavailable());

        assertThat(create(server)).isInstanceOf(BackupResult.Doubtful.class);

        assertThat(stage.aws().calls().matching(SEND)).hasSize(1);
        assertThat(isShown(server)).isEqualTo(hadEffect);
    }

    @Test
    void a_command_that_is_shown_late_is_shown_when_it_is_time() {
        ServerName server = aServer();
        commands.showCommandsAfter(Duration.ofSeconds(45));
        create(server);
        assertThat(isShown(server)).isFalse();

        clock.move(Duration.ofSeconds(45));

        assertThat(isShown(server)).isTrue();
    }

    @Test
    void deletion_removes_the_artefact_and_the_backup_is_gone() {
        ServerName server = aServer();
        String id = started(server).id();
        finishBackups(server);
        Backup good = found(id);
        Path artefact = Path.of(good.artefact());

        Optional<String> accepted = accepted(stage.deletion().delete(good, Optional.empty()));
        assertThat(found(id).status()).isEqualTo(BackupStatus.DELETING);
        finishBackups(server);

        assertThat(artefact).doesNotExist();
        assertThat(stage.service().backup(id)).isInstanceOf(FindResult.Absent.class);
        assertThat(stage.deletion().delete(good, accepted)).isEqualTo(new DeletionResult.Deleted());
    }

    @Test
    void a_deletion_that_fails_leaves_a_good_backup_and_says_why_when_it_is_asked_for_again() {
        ServerName server = aServer();
        String id = started(server).id();
        finishBackups(server);
        Backup good = found(id);
        Optional<String> accepted = accepted(stage.deletion().delete(good, Optional.empty()));
        commands.end(commands.commands().getLast().id(), "TimedOut", "DeliveryTimedOut");

        assertThat(found(id).status()).isEqualTo(BackupStatus.OK);
        assertThat(stage.deletion().delete(good, accepted))
                .isInstanceOfSatisfying(
                        DeletionResult.Accepted.class,
                        again -> assertThat(again.before().orElseThrow().message())
                                .isEqualTo(
                                        ("command %s, which was to delete it, ended as DeliveryTimedOut: its output is"
                                                        + " not one line of JSON alone")
                                                .formatted(accepted.orElseThrow())));
    }

    private static Optional<String> accepted(DeletionResult result) {
        return Optional.of(((DeletionResult.Accepted) result).deletionId());
    }

    @Test
    void many_backups_are_listed_fifty_a_call_as_they_stand() {
        List<Backup> started =
                IntStream.range(0, 120).mapToObj(_ -> started(aServer())).toList();
        int before = stage.aws().calls().matching(CallPattern.any()).size();

        var states = stage.service().states(clock.instant().minusSeconds(3_600), () -> true);

        assertThat(started)
                .allSatisfy(
                        one -> assertThat(states.of(one).map(Backup::status)).contains(BackupStatus.IN_PROGRESS));
        assertThat(stage.aws().calls().matching(CallPattern.any()))
                .hasSize(before + 3)
                .last()
                .satisfies(call -> assertThat(call.operation()).isEqualTo("ListCommandInvocations"));
    }

    @Test
    void a_listing_and_a_look_say_the_same_of_a_backup_that_has_ended() {
        ServerName server = aServer();
        Backup started = started(server);
        finishBackups(server);

        var states = stage.service().states(clock.instant().minusSeconds(3_600), () -> true);

        assertThat(states.of(started)).contains(found(started.id()));
        assertThat(found(started.id()).status()).isEqualTo(BackupStatus.OK);
    }
}
