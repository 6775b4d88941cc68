package dev.serverbackup.backup.runcommand;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static dev.serverbackup.backup.runcommand.StubbedAdapter.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.aws.StubHttp;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands end, and what that makes of their backups. */
class CommandResultMapperTest {
    private static final String SUM = "0123456789abcdef".repeat(4);
    private static final String LINE =
            "{\"backupId\":\"%s\",\"artefact\":\"/var/backups/a.tar\",\"size\":4711,\"sha256\":\"%s\"}"
                    .formatted(ID, SUM);

    private static final String BUSY = "{\"error\":\"InvalidStateException\",\"message\":\"busy\"}";

    private final StubHttp http = StubbedAdapter.online(new StubHttp());
    private final ManualClock clock = new ManualClock(TWO_O_CLOCK);

    private FindResult lookUp() {
        return StubbedAdapter.service(http, clock).backup(ID);
    }

    private Backup found() {
        FindResult lookup = lookUp();
        assertThat(lookup).isInstanceOf(FindResult.Found.class);
        return ((FindResult.Found) lookup).backup();
    }

    /** The backup of a command that ended like this. */
    private Backup ended(String status, String details, String output) {
        return ended(status, status, details, output, "");
    }

    private Backup ended(String commandStatus, String status, String details, String output, String complaint) {
        http.usually("ListCommands", commands(command(ID, commandStatus)));
        http.usually("GetCommandInvocation", StubbedAdapter.ended(status, details, output, complaint));
        return found();
    }

    private static String unknown(String status, String why) {
        return "command command-1 ended as " + status + ", and " + why
                + ". Whether there is a backup is not known; if there is" + " one, it is at /var/backups/server-backup/"
                + ID + ".tar";
    }

    @Test
    void what_the_document_has_verified_goes_to_the_backup() {
        Backup backup = ended("Success", "Success", LINE + "\n");

        assertThat(backup.status()).isEqualTo(BackupStatus.OK);
        assertThat(backup.members())
                .containsEntry("Artefact", "/var/backups/a.tar")
                .containsEntry("Size", BigDecimal.valueOf(4711))
                .containsEntry("Sha256", SUM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "done",
                "{}",
                "[]",
                "{\"backupId\":\"i-0123456789abcdef0-20260301020001501\",\"artefact\":\"a\",\"size\":1,\"sha256\":\"00\"}",
                "{\"artefact\":\"/a\",\"artefact\":\"/b\"}",
                "{\"a\":{}}",
                "{\"a\":1} {\"b\":2}",
                "copying\n{\"a\":1}",
                "{\"a\":"
            })
    void of_a_command_that_succeeds_without_its_line_nobody_knows_whether_there_is_a_backup(String output) {
        Backup backup = ended("Success", "Success", output);

        assertThat(backup.status()).isEqualTo(BackupStatus.FAILED);
        assertThat(backup.failure()).isEqualTo(ErrorType.BACKUP_FAILED);
        assertThat(backup.isEffectUnknown()).isTrue();
        assertThat(backup.statusDescription())
                .isIn(
                        unknown("Success", "its output is not one line of JSON alone (exit code 1)"),
                        unknown(
                                "Success",
                                "its output is not one flat JSON object of strings and whole numbers (exit code 1)"),
                        unknown(
                                "Success",
                                "its output does not name this backup's artefact, size and sha256 (exit code 1)"));
    }

    @Test
    void a_line_for_an_empty_artefact_is_none() {
        assertThat(ended("Success", "Success", LINE.replace("4711", "0")).status())
                .isEqualTo(BackupStatus.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"LimitExceededException", "InvalidStateException", "ValidationException", "BackupFailed"})
    void what_a_document_refuses_has_its_type(String type) {
        String output = "{\"error\":\"%s\",\"message\":\"because\"}".formatted(type);

        Backup backup = ended("Failed", "Failed", output);

        assertThat(backup.status()).isEqualTo(BackupStatus.FAILED);
        assertThat(backup.failure().name()).isEqualTo(type);
        assertThat(backup.statusDescription()).isEqualTo("because");
    }

    @Test
    void a_document_that_breaks_off_is_quoted_with_its_last_words() {
        Backup backup = ended("Failed", "Failed", "Failed", "", "x".repeat(7_000) + " tar: no space");

        assertThat(backup.failure()).isEqualTo(ErrorType.BACKUP_FAILED);
        assertThat(backup.statusDescription())
                .isEqualTo(unknown(
                        "Failed",
                        "its output is not one line of JSON alone (exit code 1): " + "x".repeat(1_486)
                                + " tar: no space"));
    }

    @ParameterizedTest
    @CsvSource({
        "TimedOut, DeliveryTimedOut",
        "TimedOut, ExecutionTimedOut",
        "Cancelled, Cancelled",
        "Failed, Undeliverable",
        "Failed, Failed"
    })
    void a_backup_that_its_document_has_verified_is_good_whatever_the_status_says(String status, String details) {
        Backup backup = ended(status, details, LINE);

        assertThat(backup.status()).isEqualTo(BackupStatus.OK);
        assertThat(backup.members())
                .containsEntry("Artefact", "/var/backups/a.tar")
                .containsEntry("StatusDetails", details);
    }

    @ParameterizedTest
    @CsvSource({"TimedOut, DeliveryTimedOut", "Cancelled, Cancelled", "Success, Success"})
    void a_document_that_refused_did_nothing_whatever_the_status_says(String status, String details) {
        Backup backup = ended(status, details, BUSY);

        assertThat(backup.isRefusedAfterwards()).isTrue();
        assertThat(backup.isEffectUnknown()).isFalse();
    }

    @Test
    void a_line_that_stands_there_twice_since_the_command_ran_again_is_one_line() {
        assertThat(ended("Success", "Success", LINE + "\n" + LINE + "\n").status())
                .isEqualTo(BackupStatus.OK);
    }

    @Test
    void two_lines_that_differ_prove_nothing() {
        assertThat(ended("Failed", "Failed", BUSY + "\n" + LINE).isEffectUnknown())
                .isTrue();
    }

    @Test
    void a_command_that_is_not_shown_leaves_open_whether_there_is_a_backup() {
        http.usually("ListCommands", commands());

        assertThat(lookUp())
                .isInstanceOfSatisfying(
                        FindResult.Absent.class,
                        absent -> assertThat(absent.error().effectUnknown()).isTrue());
    }

    @Test
    void a_line_is_not_believed_while_its_command_has_not_ended_on_the_server() {
        assertThat(ended("Failed", "InProgress", "InProgress", BUSY, "").status())
                .isEqualTo(BackupStatus.IN_PROGRESS);
    }

    @ParameterizedTest
    @CsvSource({
        "TimedOut, DeliveryTimedOut, DeliveryTimedOut",
        "TimedOut, Delivery Timed Out, DeliveryTimedOut",
        "Failed, Undeliverable, Undeliverable",
        "Failed, AccessDenied, AccessDenied",
        "Failed, Rate Exceeded, RateExceeded",
        "Cancelled, Terminated, Terminated",
        "TimedOut, '', TimedOut"
    })
    void a_terminal_status_alone_is_a_type_of_its_own_and_proves_nothing(String status, String details, String type) {
        Backup backup = ended(status, details, "");

        assertThat(backup.status()).isEqualTo(BackupStatus.FAILED);
        assertThat(backup.failure().name()).isEqualTo(type);
        assertThat(backup.isEffectUnknown()).isTrue();
        assertThat(backup.members()).containsEntry("Artefact", "/var/backups/server-backup/" + ID + ".tar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "InProgress", "Cancelling"})
    void what_has_not_ended_is_in_progress_and_its_server_is_not_asked(String status) {
        http.usually("ListCommands", commands(command(ID, status)));

        assertThat(found().status()).isEqualTo(BackupStatus.IN_PROGRESS);
        assertThat(http.transmitted("GetCommandInvocation")).isZero();
    }

    @Test
    void of_a_command_that_ended_and_is_not_shown_on_its_server_nobody_knows_the_effect() {
        http.usually("ListCommands", commands(command(ID, "TimedOut")));
        http.typed("GetCommandInvocation", 400, "InvocationDoesNotExist");

        Backup backup = found();

        assertThat(backup.failure().name()).isEqualTo("TimedOut");
        assertThat(backup.isEffectUnknown()).isTrue();
    }

    @Test
    void a_success_whose_output_is_not_shown_yet_is_not_known() {
        http.usually("ListCommands", commands(command(ID, "Success")));
        http.typed("GetCommandInvocation", 400, "InvocationDoesNotExist");

        assertThat(lookUp()).isInstanceOf(FindResult.Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource({"InProgress, DELETING", "Failed, OK"})
    void a_backup_is_there_until_its_deletion_has_succeeded(String deletion, BackupStatus status) {
        ended("Success", "Success", LINE);
        http.usually("ListCommands", commands(command(ID, "Success"), deletion(ID, deletion)));

        assertThat(found().status()).isEqualTo(status);
    }

    @Test
    void a_backup_whose_deletion_succeeded_is_gone() {
        http.usually("ListCommands", commands(command(ID, "Success"), deletion(ID, "Success")));

        assertThat(lookUp()).isInstanceOf(FindResult.Absent.class);
    }

    @Test
    void a_backup_that_is_older_than_the_history_is_not_taken_for_gone() {
        clock.move(Duration.ofDays(30));

        assertThat(lookUp()).isInstanceOf(FindResult.Unavailable.class);
    }

    @Test
    void an_old_backup_whose_deletion_is_remembered_is_gone() {
        clock.move(Duration.ofDays(40));
        http.usually("ListCommands", commands(deletion(ID, "Success")));

        assertThat(lookUp()).isInstanceOf(FindResult.Absent.class);
    }

    @Test
    void an_id_of_no_server_is_nobodys() {
        assertThat(StubbedAdapter.service(http, clock).backup(SERVER + "-20261301020001500"))
                .isInstanceOf(FindResult.Absent.class);
    }
}
