package dev.serverbackup.backup.runcommand;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static dev.serverbackup.backup.runcommand.StubbedAdapter.ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.aws.StubHttp;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the artefact of a backup is deleted, by what the audit knows of it alone. */
class ArtefactDeletionTest {
    private static final Backup BACKUP =
            Backup.of(Map.of(Backup.ID, ID, Backup.ARTEFACT, "s3://old/place/" + ID + ".tar"));
    private static final String LINE = "{\"backupId\":\"%s\",\"deleted\":\"s3://old/place/%s.tar\"}".formatted(ID, ID);

    private final StubHttp http = StubbedAdapter.online(new StubHttp());
    private final ManualClock clock = new ManualClock(TWO_O_CLOCK);

    private DeletionResult delete(Backup backup, Optional<String> accepted) {
        return StubbedAdapter.service(http, clock).deletion().delete(backup, accepted);
    }

    /** What asking again comes to when the command has ended like this. */
    private DeletionResult again(String status, String output) {
        http.usually("GetCommandInvocation", StubbedAdapter.ended(status, status, output, ""));
        return delete(BACKUP, Optional.of("command-1"));
    }

    private static Optional<BackupError> accepted(DeletionResult result) {
        assertThat(result).isInstanceOf(DeletionResult.Accepted.class);
        return ((DeletionResult.Accepted) result).before();
    }

    @Test
    void a_deletion_is_one_command_where_the_artefact_was_put_and_reads_no_history() {
        assertThat(accepted(delete(BACKUP, Optional.empty()))).isEmpty();

        assertThat(http.last("SendCommand")).hasToString("""
            {"InstanceIds":["%s"],"DocumentName":"Delete","DocumentVersion":"1","TimeoutSeconds":600,\
            "Comment":"Server Backup deletes %s",\
            "Parameters":{"backupId":["%s"],"destination":["s3://old/place"],"executionTimeout":["3600"]}}\
            """.formatted(StubbedAdapter.SERVER, ID, ID));
        assertThat(http.transmitted("ListCommands")).isZero();
        assertThat(StubbedAdapter.service(http, clock).deletion().listsAllBackups())
                .isFalse();
    }

    @Test
    void what_systems_manager_has_forgotten_is_deleted_all_the_same_and_a_deletion_sent_again() {
        clock.move(Duration.ofDays(365));
        assertThat(accepted(delete(BACKUP, Optional.empty()))).isEmpty();

        http.typed("GetCommandInvocation", 400, "InvocationDoesNotExist");
        accepted(delete(BACKUP, Optional.of("command-1")));
        assertThat(http.transmitted("SendCommand")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Success", "Failed", "TimedOut", "Cancelled"})
    void an_artefact_is_gone_when_its_document_says_so_whatever_the_status_says(String status) {
        assertThat(again(status, LINE + "\n")).isEqualTo(new DeletionResult.Deleted());
        assertThat(http.transmitted("SendCommand")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "InProgress", "Delayed", "Cancelling", "Unheard"})
    void while_the_command_runs_no_other_is_sent(String status) {
        assertThat(again(status, LINE)).isInstanceOf(DeletionResult.InProgress.class);
        assertThat(http.transmitted("SendCommand")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        503 | {"__type":"ServiceUnavailable"} | ServiceUnavailable
        200 | {}                              | NoAnswer
        """)
    void where_nothing_is_known_of_the_command_no_other_is_sent(int status, String body, ErrorType why) {
        http.once("GetCommandInvocation", status, body);

        assertThat(delete(BACKUP, Optional.of("command-1")))
                .isInstanceOfSatisfying(DeletionResult.Refused.class, refused -> {
                    assertThat(refused.error().type()).isEqualTo(why);
                    assertThat(refused.error().effectUnknown()).isFalse();
                });
        assertThat(http.transmitted("SendCommand")).isZero();
    }

    @Test
    void a_lost_answer_is_doubt_and_a_typed_one_proves_that_nothing_happened() {
        http.lost("SendCommand");
        assertThat(delete(BACKUP, Optional.empty())).isInstanceOf(DeletionResult.Doubtful.class);

        http.typed("SendCommand", 503, "ServiceUnavailable");
        assertThat(delete(BACKUP, Optional.empty())).isInstanceOf(DeletionResult.Doubtful.class);

        http.typed("SendCommand", 400, "InvalidDocument");
        assertThat(delete(BACKUP, Optional.empty())).isInstanceOf(DeletionResult.Refused.class);
    }

    /** Half of the time that the deletion may take is for the questions before it, together. */
    @Test
    @Timeout(10)
    void a_question_gets_no_more_time_than_those_before_it_have_left() {
        http.usually("GetCommandInvocation", _ -> {
            clock.move(StubbedAdapter.CALL.dividedBy(2).minusMillis(300));
            return StubbedAdapter.ended("Failed", "Failed", "", "");
        });
        http.never("DescribeInstanceInformation");

        assertThat(delete(BACKUP, Optional.of("command-1"))).isInstanceOf(DeletionResult.Refused.class);
    }

    @Test
    void what_a_lock_keeps_is_no_failure_and_is_asked_for_again() {
        assertThat(again("Failed", "{\"error\":\"KeptByLock\",\"message\":\"kept until 2026-12-01\"}"))
                .isEqualTo(new DeletionResult.Accepted(
                        "command-1", Optional.of(BackupError.known(ErrorType.KEPT_BY_LOCK, "kept until 2026-12-01"))));
    }

    @Test
    void why_an_earlier_deletion_failed_is_reported_with_the_next() {
        assertThat(accepted(again("Failed", "{\"error\":\"InvalidStateException\",\"message\":\"a backup runs\"}")))
                .contains(BackupError.known(
                        new ErrorType("DeletionFailed"),
                        "command command-1, which was to delete it, ended as Failed:"
                                + " InvalidStateException: a backup runs"));
        assertThat(accepted(again("Success", "")))
                .describedAs("without the document's line success proves nothing")
                .isPresent();
    }

    @Test
    void a_deletion_on_a_server_that_is_away_is_left_for_later_and_refused_where_it_is_gone() {
        http.usually("DescribeInstanceInformation", "{\"InstanceInformationList\":[]}");
        assertThat(delete(BACKUP, Optional.empty())).isInstanceOf(DeletionResult.InProgress.class);

        http.typed("DescribeInstanceInformation", 400, "InvalidInstanceId");
        assertThat(delete(BACKUP, Optional.empty())).isInstanceOf(DeletionResult.Refused.class);
        assertThat(http.transmitted("SendCommand")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3://old/place/another.tar", "/%s.tar", "s3://old/place/"})
    void what_lies_where_no_document_puts_it_is_not_deleted(String artefact) {
        DeletionResult result = delete(BACKUP.with(Backup.ARTEFACT, artefact.formatted(ID)), Optional.empty());

        assertThat(result)
                .isInstanceOfSatisfying(
                        DeletionResult.Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.VALIDATION));
        assertThat(http.transmitted("SendCommand")).isZero();
    }
}
