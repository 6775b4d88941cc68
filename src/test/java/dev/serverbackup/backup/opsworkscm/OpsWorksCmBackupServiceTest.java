package dev.serverbackup.backup.opsworkscm;

import static dev.serverbackup.Samples.ALPHA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.backup.aws.SendingContract;
import dev.serverbackup.backup.aws.StubHttp;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
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

class OpsWorksCmBackupServiceTest extends SendingContract {
    private static final String CREATE = "CreateBackup";
    private static final String LIST = "DescribeBackups";
    private static final AwsCredentialsProvider ANYBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key"));
    private static final Backup KEPT = Backup.of(Map.of(Backup.ID, "alpha-1"));

    @BeforeEach
    void every_backup_is_started() {
        http.usually(CREATE, "{\"Backup\":{\"BackupId\":\"alpha-1\"}}");
    }

    @Override
    protected String operation() {
        return CREATE;
    }

    @Override
    protected String member() {
        return "Backup";
    }

    @Override
    protected BackupResult create(InstantSource theirs, Duration callTimeout) {
        return create(service(http, theirs, callTimeout, ANYBODY));
    }

    private static BackupResult create(OpsWorksCmBackupService service) {
        return service.createBackup(ALPHA, "nightly [run nightly]", SOON);
    }

    private OpsWorksCmBackupService service() {
        return service(http, clock);
    }

    static OpsWorksCmBackupService service(StubHttp http, InstantSource clock) {
        return service(http, clock, PATIENCE, ANYBODY);
    }

    private static OpsWorksCmBackupService service(
            StubHttp http, InstantSource theirs, Duration callTimeout, AwsCredentialsProvider credentials) {
        return OpsWorksCmBackupService.with(
                OpsWorksCmClient.builder()
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(credentials)
                        .httpClient(http),
                theirs,
                callTimeout);
    }

    private ListResult look() {
        return service().backupsOf(ALPHA.name(), Instant.EPOCH);
    }

    @Test
    void an_accepted_call_answers_all_members_that_the_api_returned() {
        http.once(CREATE, 200, """
            {"Backup":{"BackupId":"alpha-1","CreatedAt":1772330401.5,"S3DataSize":7,"Engine":"Puppet",
             "SubnetIds":["subnet-1"],"ANewMember":"ignored"}}\
            """);

        assertThat(create())
                .isEqualTo(new BackupResult.Started(KEPT.with(Backup.CREATED, "2026-03-01T02:00:01.500Z")
                        .with("S3DataSize", BigDecimal.valueOf(7))
                        .with("Engine", "Puppet")
                        .with("SubnetIds", List.of("subnet-1"))));
        assertThat(http.transmitted()).containsExactly(CREATE);
    }

    @Test
    void a_call_that_is_interrupted_before_it_is_sent_did_nothing() {
        http.never(CREATE);
        Thread.currentThread().interrupt();

        BackupResult result = create();
        Thread.interrupted();

        assertNotSent(result);
        assertThat(http.transmitted()).isEmpty();
    }

    @Test
    void a_call_without_credentials_is_not_sent_whoever_has_none_to_give() {
        assertNotSent(create(service(http, clock, PATIENCE, () -> {
            throw SdkClientException.create("Unable to load credentials");
        })));
        assertNotSent(create(service(http, clock, PATIENCE, () -> {
            throw AwsServiceException.builder()
                    .statusCode(503)
                    .message("no credentials now")
                    .build();
        })));
        assertThat(http.transmitted()).isEmpty();
    }

    @Test
    void a_call_that_stays_throttled_is_refused() {
        for (int i = 0; i < 5; i++) {
            http.typed(CREATE, 400, "ThrottlingException");
        }

        assertThat(create())
                .isInstanceOfSatisfying(
                        BackupResult.Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.THROTTLING));
        assertThat(http.transmitted()).hasSize(5);
    }

    @Test
    void a_look_reads_every_page() {
        http.once(LIST, 200, "{\"Backups\":[{\"BackupId\":\"alpha-1\"}],\"NextToken\":\"more\"}")
                .once(LIST, 200, "{\"Backups\":[{\"BackupId\":\"alpha-2\"}]}");

        assertThat(look()).isEqualTo(new ListResult.Backups(List.of(KEPT, KEPT.with(Backup.ID, "alpha-2"))));
    }

    /** A look at a server, at one backup, and at all. */
    private void assertNothingIsKnown(ErrorType why) {
        assertThat(look())
                .isInstanceOfSatisfying(
                        ListResult.Unavailable.class,
                        silence -> assertThat(silence.error().type()).isEqualTo(why));
        assertThat(service().backup("alpha-1"))
                .isInstanceOfSatisfying(
                        FindResult.Unavailable.class,
                        silence -> assertThat(silence.error().type()).isEqualTo(why));
        assertThat(service().states(Instant.EPOCH, () -> true).trouble())
                .map(BackupError::type)
                .contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "{\"Backups\":[{}]}", "{\"Backups\":null}"})
    void an_answer_that_holds_no_list_of_backups_tells_nothing(String body) {
        http.usually(LIST, body);

        assertNothingIsKnown(ErrorType.NO_ANSWER);
    }

    @Test
    void a_list_that_is_refused_tells_nothing() {
        for (int i = 0; i < 3; i++) {
            http.typed(LIST, 503, "ServiceUnavailable");
        }

        assertNothingIsKnown(ErrorType.SERVICE_UNAVAILABLE);
    }

    @Test
    void a_look_that_breaks_off_between_pages_knows_nothing() {
        http.once(LIST, 200, "{\"Backups\":[{\"BackupId\":\"alpha-1\"}],\"NextToken\":\"more\"}")
                .typed(LIST, 503, "ServiceUnavailable");

        assertThat(look()).isInstanceOf(ListResult.Unavailable.class);
    }

    @Test
    void another_backup_than_the_one_that_was_asked_for_is_none() {
        http.usually(LIST, "{\"Backups\":[{\"BackupId\":\"alpha-2\"}]}");

        assertThat(service().backup("alpha-1")).isInstanceOf(FindResult.Absent.class);
    }

    @Test
    void a_lost_answer_to_a_deletion_is_doubt() {
        http.typed("DeleteBackup", 503, "ServiceUnavailable").lost("DeleteBackup");

        for (ErrorType why : List.of(ErrorType.SERVICE_UNAVAILABLE, ErrorType.NO_ANSWER)) {
            assertThat(service().delete(KEPT, Optional.empty()))
                    .isInstanceOfSatisfying(
                            DeletionResult.Doubtful.class,
                            doubt -> assertThat(doubt.error().type()).isEqualTo(why));
        }
        assertThat(http.transmitted()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        503 | {"__type": "ServiceUnavailable", "Message": "later"}               | ServiceUnavailable | later
        200 | <html>                                                              | NoAnswer | Unable to unmarshall
        200 | {}                                                                  | NoAnswer | no ManualBackupLimit
        200 | {"Attributes": [{"Name": "ServerLimit", "Used": 1, "Maximum": 2}]}  | NoAnswer | no ManualBackupLimit
        200 | {"Attributes": [{"Name": "ManualBackupLimit", "Maximum": 2}]}       | NoAnswer | no ManualBackupLimit
        200 | {"Attributes": [{"Name": "ManualBackupLimit", "Used": 1}]}          | NoAnswer | no ManualBackupLimit
        """)
    void without_both_numbers_nothing_is_known_of_the_limit(int status, String body, ErrorType why, String words) {
        http.once("DescribeAccountAttributes", status, body);

        assertThat(service().manualBackups()).isInstanceOfSatisfying(Quota.Unavailable.class, silence -> {
            assertThat(silence.error().type()).isEqualTo(why);
            assertThat(silence.error().message()).contains(words);
        });
    }
}
