package dev.serverbackup.backup.opsworkscm;

import static dev.serverbackup.Samples.ALPHA;
import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupResult.Doubtful;
import dev.serverbackup.backup.BackupResult.Refused;
import dev.serverbackup.backup.BackupResult.Started;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.ListResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;

class OpsWorksCmBackupServiceTest {
    private static final Instant SOON = TWO_O_CLOCK.plusSeconds(60);

    private final StubHttp http = new StubHttp();
    private final ManualClock clock = new ManualClock(TWO_O_CLOCK);

    private OpsWorksCmBackupService service(InstantSource gateClock, Duration callTimeout) {
        return OpsWorksCmBackupService.with(
                OpsWorksCmClient.builder()
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                        .httpClient(http),
                gateClock,
                callTimeout);
    }

    private BackupResult create() {
        return service(clock, Duration.ofSeconds(15)).createBackup(ALPHA, "nightly [run nightly]", SOON);
    }

    private ListResult look() {
        return service(clock, Duration.ofSeconds(15)).backupsOf(ALPHA.name(), Instant.EPOCH);
    }

    private static BackupError doubt(BackupResult result) {
        assertThat(result).isInstanceOf(Doubtful.class);
        BackupError error = ((Doubtful) result).error();
        assertThat(error.effectUnknown()).isTrue();
        return error;
    }

    @Test
    void an_accepted_call_answers_all_members_that_the_api_returned() {
        http.answer(200, """
            {"Backup":{"BackupId":"alpha-1","ServerName":"alpha","Status":"IN_PROGRESS","BackupType":"MANUAL",
             "Description":"nightly [run nightly]","CreatedAt":1772330401.5,"S3DataSize":7,"Engine":"Puppet",
             "SubnetIds":["subnet-1"],"ANewMember":"ignored"}}\
            """);

        assertThat(create())
                .isEqualTo(new Started(Backup.of(Map.of(
                        Backup.ID,
                        "alpha-1",
                        Backup.SERVER,
                        "alpha",
                        Backup.STATUS,
                        "IN_PROGRESS",
                        Backup.TYPE,
                        "MANUAL",
                        Backup.DESCRIPTION,
                        "nightly [run nightly]",
                        Backup.CREATED,
                        "2026-03-01T02:00:01.500Z",
                        "S3DataSize",
                        BigDecimal.valueOf(7),
                        "Engine",
                        "Puppet",
                        "SubnetIds",
                        List.of("subnet-1")))));
        assertThat(http.transmitted()).containsExactly("OpsWorksCM_V2016_11_01.CreateBackup");
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidStateException",
        "409, InvalidStateException",
        "400, LimitExceededException",
        "400, ResourceNotFoundException",
        "400, ValidationException",
        "400, AccessDeniedException",
        "403, AccessDeniedException",
        "403, UnrecognizedClientException",
        "400, RequestExpired",
        "403, InvalidSignatureException",
        "413, RequestEntityTooLargeException"
    })
    void a_typed_4xx_is_a_refusal_and_is_not_sent_again(int status, String type) {
        http.typed(status, type);

        assertThat(create())
                .isEqualTo(new Refused(new BackupError(
                        new ErrorType(type), "because", Optional.of(status), Optional.of("request-1"), false)));
        assertThat(http.transmitted()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 599})
    void a_5xx_is_doubt_and_is_not_sent_again(int status) {
        http.typed(status, "InternalFailure");

        assertThat(doubt(create()).type()).isEqualTo(ErrorType.SERVICE_UNAVAILABLE);
        assertThat(http.transmitted()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "SlowDown", "ServiceUnavailable", "PriorRequestNotComplete"})
    void a_5xx_that_calls_itself_throttling_is_doubt_all_the_same(String type) {
        http.typed(503, type);

        assertThat(doubt(create()).type()).isEqualTo(ErrorType.SERVICE_UNAVAILABLE);
        assertThat(http.transmitted()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"408, RequestTimeout", "408, ''", "400, RequestTimeoutException", "400, RequestTimeout", "408, Other"})
    void a_request_that_timed_out_at_the_service_is_doubt_and_is_not_sent_again(int status, String type) {
        http.typed(status, type);

        assertThat(doubt(create()).type()).isEqualTo(ErrorType.NO_ANSWER);
        assertThat(http.transmitted()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400, {}", "403, <html>Forbidden</html>", "404, ''", "301, {}", "400, '{\"Message\":\"no type\"}'"})
    void an_answer_without_a_type_is_doubt(int status, String body) {
        http.answer(status, body);

        assertThat(doubt(create()).type()).isEqualTo(ErrorType.NO_ANSWER);
        assertThat(http.transmitted()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"Backup\":{}}", "{\"Backup\":null}", "<html>", "{\"Backup\":", "[]"})
    void a_200_without_a_backup_is_doubt(String body) {
        http.answer(200, body);

        assertThat(doubt(create()).type()).isEqualTo(ErrorType.NO_ANSWER);
        assertThat(http.transmitted()).hasSize(1);
    }

    @Test
    void a_lost_connection_is_doubt_and_is_not_sent_again() {
        http.fail(new IOException("connection reset"));

        assertThat(doubt(create()).message()).contains("connection reset");
        assertThat(http.transmitted()).hasSize(1);
    }

    @Test
    void a_call_that_outlasts_its_timeout_is_doubt_and_leaves_no_interrupt_behind() {
        http.never();

        BackupResult result = service(clock, Duration.ofMillis(200)).createBackup(ALPHA, "d", SOON);

        assertThat(doubt(result).type()).isEqualTo(ErrorType.NO_ANSWER);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(http.transmitted()).hasSize(1);
    }

    /** Nothing was sent: to be tried again, with no doubt. */
    private static void assertNotSent(BackupResult result) {
        assertThat(result).isInstanceOf(Refused.class);
        BackupError error = ((Refused) result).error();
        assertThat(error.type()).isEqualTo(ErrorType.NOT_SENT);
        assertThat(error.effectUnknown()).isFalse();
    }

    @Test
    void a_call_that_is_interrupted_before_it_is_sent_did_nothing() {
        http.never();
        Thread.currentThread().interrupt();

        BackupResult result = create();

        Thread.interrupted();
        assertNotSent(result);
        assertThat(http.transmitted()).isEmpty();
    }

    private BackupResult createWithCredentials(AwsCredentialsProvider credentials) {
        return OpsWorksCmBackupService.with(
                        OpsWorksCmClient.builder()
                                .region(Region.EU_WEST_1)
                                .credentialsProvider(credentials)
                                .httpClient(http),
                        clock,
                        Duration.ofSeconds(15))
                .createBackup(ALPHA, "nightly [run nightly]", SOON);
    }

    @Test
    void a_call_without_credentials_is_not_sent() {
        assertNotSent(createWithCredentials(() -> {
            throw SdkClientException.create("Unable to load credentials");
        }));
        assertThat(http.transmitted()).isEmpty();
    }

    @Test
    void a_service_that_has_no_credentials_to_give_is_not_taken_for_the_one_that_makes_backups() {
        assertNotSent(createWithCredentials(() -> {
            throw AwsServiceException.builder()
                    .statusCode(503)
                    .message("no credentials now")
                    .build();
        }));
        assertThat(http.transmitted()).isEmpty();
    }

    @Test
    void a_connection_that_is_refused_sends_nothing() {
        http.fail(new ConnectException("Connection refused"));

        assertNotSent(create());
    }

    @Test
    void a_host_without_an_address_is_sent_nothing() {
        http.fail(new UnknownHostException("opsworks-cm.eu-west-1.amazonaws.com"));

        assertNotSent(create());
    }

    @Test
    void a_connection_that_breaks_after_throttling_is_doubt() {
        http.typed(400, "ThrottlingException").fail(new SocketException("Connection reset"));

        doubt(create());
    }

    @Test
    void a_throttled_call_is_sent_again() {
        http.typed(400, "ThrottlingException")
                .typed(429, "TooManyRequestsException")
                .started();

        assertThat(create()).isInstanceOf(Started.class);
        assertThat(http.transmitted()).hasSize(3);
    }

    @Test
    void a_call_that_stays_throttled_is_refused() {
        for (int i = 0; i < 5; i++) {
            http.typed(400, "ThrottlingException");
        }

        assertThat(create())
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.THROTTLING));
        assertThat(http.transmitted()).hasSize(5);
    }

    @Test
    void a_doubt_after_throttling_is_doubt() {
        http.typed(400, "ThrottlingException").fail(new IOException("connection reset"));

        doubt(create());
        assertThat(http.transmitted()).hasSize(2);
    }

    @Test
    void when_it_is_too_late_nothing_is_transmitted() {
        clock.move(Duration.ofSeconds(60));

        assertThat(create()).isEqualTo(new BackupResult.NotSent());
        assertThat(http.transmitted()).isEmpty();
    }

    @Test
    void every_repetition_looks_at_the_clock() {
        http.typed(400, "ThrottlingException").typed(400, "ThrottlingException").started();
        AtomicInteger looks = new AtomicInteger();
        InstantSource leaping = () -> looks.incrementAndGet() <= 2 ? TWO_O_CLOCK : SOON;

        BackupResult result = service(leaping, Duration.ofSeconds(15)).createBackup(ALPHA, "d", SOON);

        assertThat(result).isEqualTo(new BackupResult.NotSent());
        assertThat(http.transmitted()).hasSize(2);
        assertThat(looks).hasValue(3);
    }

    @Test
    void a_look_reads_every_page() {
        http.answer(200, "{\"Backups\":[{\"BackupId\":\"alpha-1\"}],\"NextToken\":\"more\"}")
                .answer(200, "{\"Backups\":[{\"BackupId\":\"alpha-2\"}]}");

        assertThat(look())
                .isEqualTo(new ListResult.Backups(
                        List.of(Backup.of(Map.of(Backup.ID, "alpha-1")), Backup.of(Map.of(Backup.ID, "alpha-2")))));
    }

    @Test
    void a_look_that_breaks_off_between_pages_knows_nothing() {
        http.answer(200, "{\"Backups\":[{\"BackupId\":\"alpha-1\"}],\"NextToken\":\"more\"}")
                .typed(503, "ServiceUnavailable");

        assertThat(look()).isInstanceOf(ListResult.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "{\"Backups\":[{}]}", "{\"Backups\":null}"})
    void a_look_whose_answer_holds_no_list_of_backups_knows_nothing(String body) {
        http.answer(200, body);

        assertThat(look()).isInstanceOf(ListResult.Unavailable.class);
    }

    @Test
    void a_look_at_a_server_without_backups_finds_none() {
        http.answer(200, "{\"Backups\":[]}");

        assertThat(look()).isEqualTo(new ListResult.Backups(List.of()));
    }
}
