package dev.serverbackup.backup.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.Samples;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupServiceContract;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.backup.Marker;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;

/** The real adapter against the local OpsWorks CM, over HTTP; both by a clock moved by hand. */
class OpsWorksCmBackupServiceIT extends BackupServiceContract {
    private static final CallPattern CREATE = CallPattern.of("CreateBackup");
    private static final String OURS = "nightly" + BackupRequest.marker(Samples.NIGHTLY);

    private final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);
    private LocalAws aws;
    private BackupService service;
    private int servers;

    @BeforeEach
    void start() {
        limitManualBackupsTo(Limits.DEFAULT.manualBackups());
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private void start(Limits limits) {
        FleetServer[] fleet = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> FleetServer.named("server-" + i))
                .toArray(FleetServer[]::new);
        aws = LocalAws.started(Fleet.of(fleet).unthrottled().limited(limits), clock);
        service = OpsWorksCmBackupService.with(
                OpsWorksCmClient.builder()
                        .region(Region.US_EAST_1)
                        .endpointOverride(aws.endpoint())
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                        .httpClient(UrlConnectionHttpClient.create()),
                clock,
                Duration.ofSeconds(15));
    }

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
        return new ServerName("server-" + ++servers);
    }

    @Override
    protected void finishBackups(ServerName server) {
        clock.move(aws.account().durations().backup());
    }

    @Override
    protected void limitManualBackupsTo(int most) {
        if (aws != null) {
            aws.close();
        }
        start(new Limits(Limits.DEFAULT.servers(), most));
    }

    private BackupResult create(ServerName server) {
        return service.createBackup(Server.named(server), OURS, clock.instant().plusSeconds(60));
    }

    private boolean isShown(ServerName server) {
        ListResult.Backups shown = (ListResult.Backups) service.backupsOf(server, Instant.EPOCH);
        return !new Marker(Samples.NIGHTLY, server, clock.instant())
                .allIn(shown.backups())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_error_of_the_service_is_doubt_that_a_look_dispels(boolean hadEffect) {
        ServerName server = aServer();
        aws.faults().next(1, CREATE, hadEffect ? Fault.unavailableAfterEffect() : Fault.unavailable());

        assertThat(create(server)).isInstanceOf(BackupResult.Doubtful.class);

        assertThat(aws.calls().matching(CREATE)).hasSize(1);
        assertThat(isShown(server)).isEqualTo(hadEffect);
    }

    @Test
    void a_throttled_call_is_sent_again_and_starts_one_backup() {
        ServerName server = aServer();
        aws.faults().next(2, CREATE, Fault.throttled());

        assertThat(create(server)).isInstanceOf(BackupResult.Started.class);

        assertThat(aws.calls().matching(CREATE)).hasSize(3);
        assertThat(aws.backups()).hasSize(1);
    }

    @Test
    void a_backup_that_is_shown_late_is_shown_when_it_is_time() {
        ServerName server = aServer();
        aws.account().showBackupsAfter(Duration.ofSeconds(45));
        create(server);
        assertThat(isShown(server)).isFalse();

        clock.move(Duration.ofSeconds(45));

        assertThat(isShown(server)).isTrue();
    }
}
