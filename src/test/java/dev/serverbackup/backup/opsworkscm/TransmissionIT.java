package dev.serverbackup.backup.opsworkscm;

import static dev.serverbackup.Samples.ALPHA;
import static dev.serverbackup.backup.opsworkscm.RawHttpServer.Behaviour.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.ErrorType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;

/** What the HTTP client does beneath the SDK: it, too, must send nothing twice, and must end in time. */
@Timeout(120)
class TransmissionIT {
    private static OpsWorksCmBackupService service(RawHttpServer server, Duration callTimeout) {
        return OpsWorksCmBackupService.with(
                OpsWorksCmClient.builder()
                        .endpointOverride(server.endpoint())
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                        .httpClient(UrlConnectionHttpClient.create()),
                InstantSource.system(),
                callTimeout);
    }

    private static BackupResult create(OpsWorksCmBackupService service) {
        return service.createBackup(
                ALPHA, "nightly [run nightly]", Instant.now().plusSeconds(60));
    }

    @Test
    void a_kept_connection_that_breaks_without_an_answer_is_doubt_and_is_not_sent_again() throws Exception {
        try (RawHttpServer server = new RawHttpServer(ANSWER, HANG_UP, ANSWER)) {
            OpsWorksCmBackupService service = service(server, Duration.ofSeconds(10));
            assertThat(create(service)).isInstanceOf(BackupResult.Started.class);

            assertThat(create(service)).isInstanceOf(BackupResult.Doubtful.class);

            assertThat(server.requests()).isEqualTo(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_port_that_nothing_listens_on_is_sent_nothing() throws Exception {
        URI closed;
        try (RawHttpServer server = new RawHttpServer()) {
            closed = server.endpoint();
        }
        OpsWorksCmBackupService service = OpsWorksCmBackupService.with(
                OpsWorksCmClient.builder()
                        .endpointOverride(closed)
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                        .httpClient(ApacheHttpClient.create()),
                InstantSource.system(),
                Duration.ofSeconds(10));

        assertThat(create(service))
                .isInstanceOfSatisfying(
                        BackupResult.Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.NOT_SENT));
    }

    @Test
    void a_new_connection_that_breaks_without_an_answer_is_doubt_and_is_not_sent_again() throws Exception {
        try (RawHttpServer server = new RawHttpServer(HANG_UP, ANSWER)) {
            assertThat(create(service(server, Duration.ofSeconds(10)))).isInstanceOf(BackupResult.Doubtful.class);

            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void a_virtual_thread_gives_up_a_silent_service_within_the_call_timeout() throws Exception {
        try (RawHttpServer server = new RawHttpServer(SAY_NOTHING)) {
            OpsWorksCmBackupService service = service(server, Duration.ofMillis(500));
            Instant start = Instant.now();

            Thread thread = Thread.startVirtualThread(
                    () -> assertThat(create(service)).isInstanceOf(BackupResult.Doubtful.class));
            thread.join();

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void a_platform_thread_gives_up_a_silent_service_within_the_call_timeout() throws Exception {
        try (RawHttpServer server = new RawHttpServer(SAY_NOTHING)) {
            Instant start = Instant.now();

            assertThat(create(service(server, Duration.ofMillis(500)))).isInstanceOf(BackupResult.Doubtful.class);

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
    }
}
