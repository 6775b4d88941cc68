package dev.serverbackup.backup.runcommand;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static dev.serverbackup.backup.runcommand.StubbedAdapter.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupStates;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.aws.StubHttp;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
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
    private static final String NOT_SHOWN = "Systems Manager lists no command of this backup";
    private static final String REFUSAL = "{\"error\":\"%s\",\"message\":\"because\"}";

    private final StubHttp http = StubbedAdapter.online(new StubHttp());
    private final ManualClock clock = new ManualClock(TWO_O_CLOCK);

    private FindResult lookUp(String... commands) {
        http.usually("ListCommands", commands(commands));
        return StubbedAdapter.service(http, clock).backup(ID);
    }

    private Backup found(String... commands) {
        FindResult lookup = lookUp(commands);
        assertThat(lookup).isInstanceOf(FindResult.Found.class);
        return ((FindResult.Found) lookup).backup();
    }

    private BackupStates listed(String... invocations) {
        http.usually(
                "ListCommandInvocations", "{\"CommandInvocations\":[%s]}".formatted(String.join(",", invocations)));
        return StubbedAdapter.service(http, clock).states(TWO_O_CLOCK, () -> true);
    }

    private Backup ended(String status, String details, String output) {
        return ended(status, status, details, output, "");
    }

    /**
     * The backup of a command that ended like this, as a look tells it. A listing tells the same, or nothing where it does
     * not show the document's own line.
     */
    private Backup ended(String commandStatus, String status, String details, String output, String complaint) {
        Backup started = found(command(ID, "InProgress"));
        http.usually("GetCommandInvocation", StubbedAdapter.ended(status, details, output, complaint));
        Backup backup = found(command(ID, commandStatus));
        assertThat(listed(invocation("command-1", status, details, output)).of(started))
                .isEqualTo(Optional.of(backup).filter(known -> !known.isEffectUnknown()));
        return backup;
    }

    private static String unknown(String status, String why) {
        return "command command-1 ended as %s, and %s. Whether there is a backup is not known; if there is one, it is at %s"
                .formatted(status, why, "/var/backups/server-backup/" + ID + ".tar");
    }

    @ParameterizedTest
    @CsvSource({
        "Success, Success",
        "TimedOut, DeliveryTimedOut",
        "TimedOut, ExecutionTimedOut",
        "Cancelled, Cancelled",
        "Failed, Undeliverable",
        "Failed, Failed"
    })
    void a_backup_that_its_document_has_verified_is_good_whatever_the_status_says(String status, String details) {
        Backup backup = ended(status, details, LINE + "\n");

        assertThat(backup.status()).isEqualTo(BackupStatus.OK);
        assertThat(backup.members())
                .containsEntry("Artefact", "/var/backups/a.tar")
                .containsEntry("Size", BigDecimal.valueOf(4711))
                .containsEntry("Sha256", SUM)
                .containsEntry("StatusDetails", details)
                .containsEntry("ResponseCode", BigDecimal.ONE);
    }

    @ParameterizedTest
    @CsvSource({
        "LimitExceededException, Failed, Failed, false",
        "ValidationException, Failed, Failed, false",
        "InvalidStateException, TimedOut, DeliveryTimedOut, true",
        "InvalidStateException, Cancelled, Cancelled, true",
        "InvalidStateException, Success, Success, true"
    })
    void a_document_that_refused_did_nothing_whatever_the_status_says(
            ErrorType type, String status, String details, boolean again) {
        Backup backup = ended(status, details, REFUSAL.formatted(type.name()));

        assertThat(backup.status()).isEqualTo(BackupStatus.FAILED);
        assertThat(backup.failure()).isEqualTo(type);
        assertThat(backup.statusDescription()).isEqualTo("because");
        assertThat(backup.isRefusedAfterwards()).isEqualTo(again);
        assertThat(backup.isEffectUnknown()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                                | is not one line of JSON alone
        done                              | is not one line of JSON alone
        {"a":                             | is not one line of JSON alone
        {"a":1} {"b":2}                   | is not one line of JSON alone
        {"artefact":"/a","artefact":"/b"} | is not one line of JSON alone
        []                                | is not one flat JSON object of strings and whole numbers
        {"a":{}}                          | is not one flat JSON object of strings and whole numbers
        {"a":1.5}                         | is not one flat JSON object of strings and whole numbers
        {}                                | does not name this backup's artefact, size and sha256
        {"backupId":"i-0123456789abcdef0-20260301020001501","artefact":"a","size":1,"sha256":"00"} | does not name \
        this backup's artefact, size and sha256
        """)
    void of_a_command_that_succeeds_without_its_line_nobody_knows_whether_there_is_a_backup(String output, String why) {
        Backup backup = ended("Success", "Success", output);

        assertThat(backup.status()).isEqualTo(BackupStatus.FAILED);
        assertThat(backup.failure()).isEqualTo(ErrorType.BACKUP_FAILED);
        assertThat(backup.isEffectUnknown()).isTrue();
        assertThat(backup.statusDescription()).isEqualTo(unknown("Success", "its output " + why + " (exit code 1)"));
    }

    /** An agent may run a command again. */
    @Test
    void a_line_that_stands_there_twice_is_one_and_two_that_differ_or_name_nothing_are_none() {
        String refusal = REFUSAL.formatted("InvalidStateException");

        assertThat(ended("Success", "Success", LINE + "\n" + LINE + "\n").status())
                .isEqualTo(BackupStatus.OK);
        assertThat(ended("Failed", "Failed", refusal + "\n" + LINE).isEffectUnknown())
                .isTrue();
        assertThat(ended("Success", "Success", "copying\n" + LINE).isEffectUnknown())
                .isTrue();
        assertThat(ended("Success", "Success", LINE.replace("4711", "0")).isEffectUnknown())
                .isTrue();
        assertThat(ended("Success", "Success", LINE.replace("/var/backups/a.tar", ""))
                        .isEffectUnknown())
                .isTrue();
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
    @ValueSource(strings = {"Pending", "InProgress", "Delayed", "Cancelling", "Unheard"})
    void a_line_is_not_believed_while_its_command_has_not_ended_on_the_server(String status) {
        assertThat(ended("Failed", status, status, LINE, "").status()).isEqualTo(BackupStatus.IN_PROGRESS);
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
        assertThat(found(command(ID, status)).status()).isEqualTo(BackupStatus.IN_PROGRESS);
        assertThat(http.transmitted("GetCommandInvocation")).isZero();
    }

    @Test
    void of_a_command_that_ended_and_is_not_shown_on_its_server_nobody_knows_the_effect() {
        http.typed("GetCommandInvocation", 400, "InvocationDoesNotExist");
        Backup backup = found(command(ID, "TimedOut"));

        assertThat(backup.failure().name()).isEqualTo("TimedOut");
        assertThat(backup.isEffectUnknown()).isTrue();
        assertThat(backup.statusDescription())
                .isEqualTo(unknown("TimedOut", "Systems Manager shows no invocation of it"));
    }

    @Test
    void a_success_whose_output_is_not_shown_yet_is_not_known() {
        http.typed("GetCommandInvocation", 400, "InvocationDoesNotExist");

        assertThat(lookUp(command(ID, "Success"))).isInstanceOf(FindResult.Unavailable.class);
    }

    private static void assertAbsent(String why, FindResult lookup) {
        assertThat(lookup).isInstanceOfSatisfying(FindResult.Absent.class, absent -> {
            assertThat(absent.error().message()).isEqualTo(why);
            assertThat(absent.error().effectUnknown()).isEqualTo(why.equals(NOT_SHOWN));
        });
    }

    @Test
    void a_backup_is_there_until_its_deletion_has_succeeded() {
        ended("Success", "Success", LINE);

        assertThat(found(command(ID, "Success"), deletion(ID, "InProgress")).status())
                .isEqualTo(BackupStatus.DELETING);
        assertThat(found(command(ID, "Success"), deletion(ID, "Failed")).status())
                .isEqualTo(BackupStatus.OK);
        assertAbsent("its artefact was deleted", lookUp(command(ID, "Success"), deletion(ID, "Success")));
    }

    @Test
    void a_backup_of_which_nothing_is_shown_may_be_there_and_what_is_older_than_the_history_is_not_known() {
        assertAbsent(NOT_SHOWN, lookUp());
        clock.move(Duration.ofDays(29).plusMillis(1_499));
        assertAbsent(NOT_SHOWN, lookUp());
        clock.move(Duration.ofMillis(1));
        assertThat(lookUp()).isInstanceOf(FindResult.Unavailable.class);
        assertAbsent("its artefact was deleted", lookUp(deletion(ID, "Success")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "i-0123456789abcdef0-20261301020001500", "i-0123456789abcdef0"})
    void what_is_no_id_of_a_backup_is_absent(String id) {
        assertAbsent(
                "no backup of a server has such an id",
                StubbedAdapter.service(http, clock).backup(id));
    }

    @Test
    void what_a_listing_does_not_show_or_cuts_short_is_left_to_a_look() {
        Backup started = found(command(ID, "InProgress"));
        String cut = LINE.substring(0, 60);

        assertThat(listed().of(started)).isEmpty();
        assertThat(listed(invocation("command-2", "Success", "Success", LINE)).of(started))
                .isEmpty();
        assertThat(listed(invocation("command-1", "Success", "Success", cut)).of(started))
                .isEmpty();
        assertThat(listed("{\"CommandId\":\"command-1\",\"Status\":\"Success\"}")
                        .of(started))
                .isEmpty();
        assertThat(listed("{\"CommandId\":\"command-1\"}").of(started)).isEmpty();
    }

    @Test
    void the_commands_of_the_document_are_listed_with_their_details_to_the_last_page() {
        http.once("ListCommandInvocations", 200, "{\"CommandInvocations\":[],\"NextToken\":\"more\"}");

        Backup started = found(command(ID, "InProgress"));
        assertThat(listed(invocation("command-1", "InProgress", "InProgress", ""))
                        .of(started))
                .isPresent();
        assertThat(http.last("ListCommandInvocations")).hasToString("""
            {"MaxResults":50,"NextToken":"more","Filters":[{"key":"InvokedAfter","value":"2026-03-01T02:00:00Z"},\
            {"key":"DocumentName","value":"Backup"}],"Details":true}\
            """);
    }

    @Test
    void a_listing_that_is_refused_says_why_and_knows_nothing() {
        http.typed("ListCommandInvocations", 400, "AccessDeniedException");

        assertThat(listed().trouble()).map(BackupError::type).contains(ErrorType.ACCESS_DENIED);
        http.usually("ListCommandInvocations", "{}");
        assertThat(StubbedAdapter.service(http, clock)
                        .states(TWO_O_CLOCK, () -> true)
                        .trouble())
                .map(BackupError::type)
                .contains(ErrorType.NO_ANSWER);
    }
}
