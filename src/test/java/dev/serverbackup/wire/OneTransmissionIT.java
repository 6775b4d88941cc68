package dev.serverbackup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.opsworkscm.OpsWorksCmBackupService;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import dev.serverbackup.wire.Cut.Where;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;

/**
 * {@code CreateBackup} is sent once, whatever becomes of the connection. The SDK repeats what a lost connection or a
 * 5xx ended unless told not to; below it, HTTP clients have repetitions of their own for kept connections that the
 * other side has closed, {@code HttpURLConnection} even for a POST.
 */
class OneTransmissionIT {
    private static final ServerName ALPHA = new ServerName("alpha");
    private static final String CREATE_BACKUP = "CreateBackup";

    /** Backups that take no time: a busy server would refuse a second one. */
    @AutoClose
    private final LocalAws aws = LocalAws.started(
            Fleet.of(FleetServer.named(ALPHA.value()))
                    .unthrottled()
                    .taking(new Durations(Duration.ZERO, Duration.ZERO, Duration.ZERO)),
            Clock.systemUTC());

    @AutoClose
    private final Wire wire = new Wire();

    private URI endpoint;

    @BeforeEach
    void connect() throws IOException {
        endpoint = wire.to(aws.endpoint());
    }

    /** Each HTTP client that the application uses, or may be made to use. */
    static Stream<Named<SdkHttpClient>> clients() {
        return Stream.of(
                named("apache-client", ApacheHttpClient.create()),
                named("url-connection-client", UrlConnectionHttpClient.create()));
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.concat(
                clients().map(http -> arguments(http, Where.BEFORE_THE_SERVICE, 0)),
                clients().map(http -> arguments(http, Where.BEFORE_THE_ANSWER, 1)));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void a_request_that_is_not_answered_is_not_sent_again_whether_it_was_performed_or_not(
            SdkHttpClient http, Where where, int performed) {
        var backups = service(http);
        backups.backupsOf(ALPHA, Instant.EPOCH);
        wire.expect(Cut.of(1, where));

        assertThat(backups.createBackup(Server.named(ALPHA), "", Instant.MAX))
                .isInstanceOf(BackupResult.Doubtful.class);
        assertThat(wire.connections()).as("the connection was kept").isEqualTo(1);
        assertThat(sent()).isEqualTo(1);
        assertThat(aws.backups()).hasSize(performed);
    }

    /** The client may notice it before it sends or afterwards. */
    @ParameterizedTest
    @MethodSource("clients")
    void a_request_on_a_connection_that_was_closed_meanwhile_arrives_once_or_is_in_doubt(SdkHttpClient http) {
        var backups = service(http);
        wire.expect(Cut.of(1, Where.AFTER_THE_ANSWER));
        backups.backupsOf(ALPHA, Instant.EPOCH);

        BackupResult result = backups.createBackup(Server.named(ALPHA), "", Instant.MAX);

        int expected = result instanceof BackupResult.Started ? 1 : 0;
        assertThat(result).isInstanceOfAny(BackupResult.Started.class, BackupResult.Doubtful.class);
        assertThat(sent()).isEqualTo(expected);
        assertThat(aws.backups()).hasSize(expected);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_request_that_is_performed_and_answered_with_a_5xx_is_not_sent_again(SdkHttpClient http) {
        wire.expect(Cut.none());
        aws.faults().next(1, CallPattern.of(CREATE_BACKUP), Fault.unavailableAfterEffect());

        BackupResult result = service(http).createBackup(Server.named(ALPHA), "", Instant.MAX);

        assertThat(result).isInstanceOf(BackupResult.Doubtful.class);
        assertThat(sent()).isEqualTo(1);
        assertThat(aws.backups()).hasSize(1);
    }

    private int sent() {
        return Collections.frequency(wire.operations(), CREATE_BACKUP);
    }

    private OpsWorksCmBackupService service(SdkHttpClient http) {
        return OpsWorksCmBackupService.with(
                OpsWorksCmClient.builder()
                        .httpClient(http)
                        .region(Region.US_EAST_1)
                        .endpointOverride(endpoint)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))),
                Clock.systemUTC(),
                Duration.ofSeconds(15));
    }
}
