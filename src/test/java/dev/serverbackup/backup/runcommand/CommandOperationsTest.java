package dev.serverbackup.backup.runcommand;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static dev.serverbackup.backup.runcommand.StubbedAdapter.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperation.Kind;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.backup.aws.StubHttp;
import dev.serverbackup.request.ServerName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a backup is verified and restored by a command, which has no client token. */
class CommandOperationsTest {
    private static final String SUM = "a".repeat(64);
    private static final String OPERATION = "0123456789abcdef0123456789abcdef";
    private static final Backup BACKUP = Backup.of(Map.of(
            Backup.ID,
            ID,
            Backup.ARTEFACT,
            "s3://old/place/" + ID + ".tar",
            "Engine",
            "generic",
            "Size",
            BigDecimal.valueOf(4711),
            "Sha256",
            SUM));
    private static final String VERIFIED =
            "{\"backupId\":\"%s\",\"verified\":\"s3://old/place/x.tar\",\"checked\":\"size, SHA-256\",\"seconds\":3}"
                    .formatted(ID);
    private static final String RESTORED =
            "{\"backupId\":\"%s\",\"restored\":\"s3://old/place/x.tar\",\"restoreId\":\"%s\",\"seconds\":3}"
                    .formatted(ID, OPERATION);

    private final StubHttp http = StubbedAdapter.online(new StubHttp());
    private final ManualClock clock = new ManualClock(TWO_O_CLOCK);
    private final CommandOperations operations = StubbedAdapter.operations(http, clock);

    private static BackupOperation operation(Kind kind) {
        return new BackupOperation(kind, OPERATION, BACKUP, SERVER, TWO_O_CLOCK);
    }

    private OperationResult.OfStart start(BackupOperation operation) {
        return operations.start(operation, TWO_O_CLOCK.plusSeconds(60));
    }

    private OperationResult.OfState ended(Kind kind, String status, String output) {
        http.usually("GetCommandInvocation", StubbedAdapter.ended(status, status, output, ""));
        return operations.state(operation(kind), "command-1");
    }

    private static void assertRefused(OperationResult.OfStart result, String type) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        OperationResult.Refused.class,
                        refused -> assertThat(refused.error().type().name()).isEqualTo(type));
    }

    @Test
    void a_verification_is_one_command_that_knows_what_the_audit_knows() {
        assertThat(start(operation(Kind.VERIFY))).isEqualTo(new OperationResult.Running("command-1"));

        assertThat(http.last("SendCommand")).hasToString("""
            {"InstanceIds":["%s"],"DocumentName":"Verify","DocumentVersion":"3","TimeoutSeconds":600,\
            "Comment":"Server Backup verifies %s %s",\
            "Parameters":{"backupId":["%s"],"destination":["s3://old/place"],"engine":["generic"],\
            "executionTimeout":["21600"],"sha256":["%s"],"size":["4711"]}}\
            """.formatted(SERVER, ID, OPERATION, ID, SUM));
    }

    @Test
    void a_restore_goes_to_the_server_that_was_named_and_carries_its_own_id() {
        start(operation(Kind.RESTORE));

        assertThat(http.last("SendCommand").at("/Parameters/restoreId/0").textValue())
                .isEqualTo(OPERATION);
        assertThat(http.last("SendCommand").path("Comment").textValue())
                .isEqualTo("Server Backup restores " + ID + " " + OPERATION)
                .hasSizeLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"i-0fedcba9876543210, InvalidStateException", "alpha, ResourceNotFoundException"})
    void a_server_that_is_not_online_or_no_instance_refuses_before_anything_is_sent(String server, String type) {
        var another = new BackupOperation(Kind.RESTORE, OPERATION, BACKUP, new ServerName(server), TWO_O_CLOCK);

        assertRefused(start(another), type);
        assertThat(http.transmitted("SendCommand")).isZero();
    }

    @Test
    void a_restore_is_refused_while_a_backup_runs_there_and_a_verification_is_not() {
        http.usually("ListCommands", commands(StubbedAdapter.command(ID, "InProgress")));

        assertThat(start(operation(Kind.RESTORE)))
                .isEqualTo(new OperationResult.Refused(BackupError.known(
                        ErrorType.INVALID_STATE, "server %s is busy with backup %s".formatted(SERVER, ID))));
        assertThat(start(operation(Kind.VERIFY))).isInstanceOf(OperationResult.Running.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {Backup.ARTEFACT, "Engine", "Size", "Sha256"})
    void a_backup_of_which_the_audit_does_not_know_enough_is_refused(String missing) {
        Map<String, Object> members = new TreeMap<>(BACKUP.members());
        members.remove(missing);

        assertRefused(
                start(new BackupOperation(Kind.VERIFY, OPERATION, Backup.of(members), SERVER, TWO_O_CLOCK)),
                "ValidationException");
        assertThat(http.transmitted()).isEmpty();
    }

    @Test
    void a_lost_answer_is_a_doubt_and_a_typed_one_proves_that_nothing_happened() {
        http.lost("SendCommand");
        assertThat(start(operation(Kind.VERIFY))).isInstanceOf(OperationResult.Doubtful.class);
        assertThat(http.transmitted("SendCommand")).isOne();

        http.typed("SendCommand", 400, "InvalidDocument");
        assertRefused(start(operation(Kind.VERIFY)), "InvalidDocument");
    }

    @Test
    void too_late_nothing_is_sent() {
        clock.move(Duration.ofMinutes(1));

        assertThat(start(operation(Kind.VERIFY))).isEqualTo(new OperationResult.NotSent());
        assertThat(http.transmitted("SendCommand")).isZero();
    }

    @Test
    void an_operation_is_found_by_its_comment_and_no_other_is() {
        http.usually(
                "ListCommands",
                commands(
                        StubbedAdapter.command(ID, "Success"),
                        "{\"CommandId\":\"command-8\",\"Comment\":\"Server Backup verifies %s %s\"}"
                                .formatted(ID, "f".repeat(32)),
                        "{\"CommandId\":\"command-9\",\"Comment\":\"Server Backup verifies %s %s\"}"
                                .formatted(ID, OPERATION)));

        assertThat(operations.find(operation(Kind.VERIFY))).isEqualTo(new OperationResult.Running("command-9"));
        assertThat(operations.find(operation(Kind.RESTORE))).isEqualTo(new OperationResult.NotFound());
    }

    @Test
    void a_lookup_that_is_not_answered_to_its_end_says_nothing() {
        http.lost("ListCommands");
        assertThat(operations.find(operation(Kind.VERIFY))).isInstanceOf(OperationResult.Unavailable.class);

        http.usually("ListCommands", _ -> {
            clock.move(CALL.dividedBy(2));
            return "{\"Commands\":[],\"NextToken\":\"more\"}";
        });
        assertThat(operations.find(operation(Kind.VERIFY)))
                .isEqualTo(new OperationResult.Unavailable(BackupError.known(
                        ErrorType.NO_ANSWER,
                        "SdkClientException: no time was left to read all commands of the server")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Success", "Failed", "TimedOut", "Cancelled"})
    void the_documents_own_line_decides_whatever_the_status_says(String status) {
        assertThat(ended(Kind.VERIFY, status, VERIFIED + "\n"))
                .isEqualTo(new OperationResult.Succeeded("size, SHA-256"));
        assertThat(ended(Kind.RESTORE, status, RESTORED + "\n")).isEqualTo(new OperationResult.Succeeded(""));
        assertThat(ended(Kind.RESTORE, status, RESTORED.replace(OPERATION, "f".repeat(32))))
                .describedAs("the line of another operation")
                .isInstanceOf(OperationResult.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "InProgress", "Delayed", "Cancelling", "Unheard"})
    void a_command_that_has_not_ended_runs(String status) {
        assertThat(ended(Kind.VERIFY, status, "")).isEqualTo(new OperationResult.Running("command-1"));
    }

    @Test
    void what_the_document_found_is_reported_in_its_words() {
        assertThat(ended(Kind.VERIFY, "Failed", "{\"error\":\"VerificationFailed\",\"message\":\"another SHA-256\"}"))
                .isEqualTo(new OperationResult.Failed(
                        BackupError.known(ErrorType.VERIFICATION_FAILED, "another SHA-256")));
    }

    @ParameterizedTest
    @CsvSource({"VERIFY, VerificationInconclusive", "RESTORE, RestoreFailed"})
    void without_the_documents_line_nothing_is_known(Kind kind, String type) {
        assertThat(ended(kind, "TimedOut", "")).isInstanceOfSatisfying(OperationResult.Failed.class, failed -> {
            assertThat(failed.error().type().name()).isEqualTo(type);
            assertThat(failed.error().effectUnknown()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        400 | {"__type":"InvocationDoesNotExist"}
        503 | {"__type":"ServiceUnavailable"}
        200 | {}
        """)
    void a_command_of_which_nothing_is_shown_yet_is_looked_at_again(int status, String body) {
        http.once("GetCommandInvocation", status, body);

        assertThat(operations.state(operation(Kind.VERIFY), "command-1"))
                .isInstanceOf(OperationResult.Unavailable.class);
    }
}
