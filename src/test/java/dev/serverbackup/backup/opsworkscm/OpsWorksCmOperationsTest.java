package dev.serverbackup.backup.opsworkscm;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperation.Kind;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.backup.aws.StubHttp;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OpsWorks CM's API can tell of a backup, and how it restores a server. */
class OpsWorksCmOperationsTest {
    private final StubHttp http = new StubHttp().usually("RestoreServer", "{}");
    private final ManualClock clock = new ManualClock(TWO_O_CLOCK);
    private final BackupOperations operations =
            OpsWorksCmBackupServiceTest.service(http, clock).operations();

    private static BackupOperation operation(Kind kind) {
        return new BackupOperation(kind, "operation-1", backup(ALPHA), ALPHA.name(), TWO_O_CLOCK);
    }

    private OperationResult.OfStart start(Kind kind) {
        return operations.start(operation(kind), TWO_O_CLOCK.plusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "Status": "OK", "S3DataSize": 7 | listed as OK, 7 bytes
        "Status": "OK"                  | listed as OK
        """)
    void a_backup_that_is_listed_as_good_is_verified(String members, String checked) {
        http.usually(
                "DescribeBackups", "{\"Backups\": [{\"BackupId\": \"alpha-20260301020001000\", " + members + "}]}");

        assertThat(start(Kind.VERIFY)).isEqualTo(new OperationResult.Succeeded(checked));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "Status": "FAILED", "StatusDescription": "no room" | lists the backup as FAILED: no room
        "Status": "DELETING", "StatusDescription": "soon" | lists the backup as DELETING: soon
        "Status": "LOST", "StatusDescription": "?"         | lists the backup as LOST: ?
        "BackupId": "another"                              | does not list the backup any more: no backup is listed under that id
        """)
    void a_backup_that_is_listed_otherwise_is_spoiled(String members, String why) {
        http.usually(
                "DescribeBackups", "{\"Backups\": [{\"BackupId\": \"alpha-20260301020001000\", " + members + "}]}");

        assertThat(start(Kind.VERIFY))
                .isEqualTo(new OperationResult.Failed(
                        BackupError.known(ErrorType.VERIFICATION_FAILED, "OpsWorks CM " + why)));
    }

    @Test
    void a_list_that_is_not_answered_says_nothing_of_the_backup() {
        http.lost("DescribeBackups");

        assertThat(start(Kind.VERIFY))
                .isInstanceOfSatisfying(
                        OperationResult.Refused.class,
                        refused -> assertThat(refused.error().effectUnknown()).isFalse());
    }

    @Test
    void a_restore_is_asked_for_once_and_a_lost_answer_is_doubt() {
        assertThat(start(Kind.RESTORE)).isEqualTo(new OperationResult.Running("alpha"));
        assertThat(http.last("RestoreServer"))
                .hasToString("{\"BackupId\":\"alpha-20260301020001000\",\"ServerName\":\"alpha\"}");

        http.lost("RestoreServer");
        assertThat(start(Kind.RESTORE)).isInstanceOf(OperationResult.Doubtful.class);
        http.typed("RestoreServer", 400, "InvalidStateException");
        assertThat(start(Kind.RESTORE)).isInstanceOf(OperationResult.Refused.class);
        clock.move(Duration.ofSeconds(60));
        assertThat(start(Kind.RESTORE)).isEqualTo(new OperationResult.NotSent());
        assertThat(http.transmitted()).hasSize(3);
    }

    /** Within a minute a server may be shown as it was before. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        RESTORING         | 0  | Running[startedAs=alpha]
        RESTORING         | 60 | Running[startedAs=alpha]
        HEALTHY           | 59 | Running[startedAs=alpha]
        HEALTHY           | 60 | Succeeded[checked=the server is HEALTHY]
        RUNNING           | 60 | Succeeded[checked=the server is RUNNING]
        FAILED            | 59 | Running[startedAs=alpha]
        FAILED            | 60 | RestoreFailed: the server is FAILED: because
        UNDER_MAINTENANCE | 60 | RestoreFailed: the server is UNDER_MAINTENANCE: because
        """)
    void a_restore_is_looked_at_by_how_its_server_stands(String status, int seconds, String told) {
        http.usually(
                "DescribeServers",
                "{\"Servers\": [{\"Status\": \"%s\", \"StatusReason\": \"because\"}]}".formatted(status));
        clock.move(Duration.ofSeconds(seconds));

        OperationResult.OfState look = operations.state(operation(Kind.RESTORE), "alpha");

        assertThat(
                        look instanceof OperationResult.Failed(var error)
                                ? error.type().name() + ": " + error.message()
                                : look.toString())
                .isEqualTo(told);
        assertThat(http.last("DescribeServers").path("ServerName").textValue()).isEqualTo("alpha");
        assertThat(operations.find(operation(Kind.RESTORE)))
                .isEqualTo(
                        status.equals("RESTORING")
                                ? new OperationResult.Running("alpha")
                                : new OperationResult.NotFound());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        503 | {"__type": "ServiceUnavailable"}   | ServiceUnavailable
        200 | {"Servers": []}                    | NoAnswer
        """)
    void where_no_server_is_shown_nothing_is_known_of_its_restore(int status, String body, ErrorType why) {
        http.once("DescribeServers", status, body).once("DescribeServers", status, body);

        assertThat(operations.find(operation(Kind.RESTORE)))
                .isInstanceOfSatisfying(
                        OperationResult.Unavailable.class,
                        silence -> assertThat(silence.error().type()).isEqualTo(why));
        assertThat(operations.state(operation(Kind.RESTORE), "alpha")).isInstanceOf(OperationResult.Unavailable.class);
    }

    @Test
    void a_verification_leaves_nothing_that_could_be_found() {
        assertThat(operations.find(operation(Kind.VERIFY))).isEqualTo(new OperationResult.NotFound());
    }
}
