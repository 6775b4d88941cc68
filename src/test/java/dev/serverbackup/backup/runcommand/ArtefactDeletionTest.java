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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the artefact of a backup is deleted, by what the audit knows of it alone. */
class ArtefactDeletionTest {
    private static final Backup BACKUP =
            Backup.of(Map.of(Backup.ID, ID, Backup.ARTEFACT, "s3://old/place/" + ID + ".tar"));
    private static final Optional<String> COMMAND = Optional.of("command-1");
    private static final String LINE = "{\"backupId\":\"%s\",\"deleted\":\"s3://old/place/%s.tar\"}".formatted(ID, ID);

    private final StubHttp http = StubbedAdapter.online(new StubHttp());
    private final ManualClock clock = new ManualClock(TWO_O_CLOCK);

    private DeletionResult delete(Backup backup, Optional<String> accepted) {
        return StubbedAdapter.service(http, clock).deletion().delete(backup, accepted);
    }

    private void ended(String status, String output) {
        http.usually("GetCommandInvocation", StubbedAdapter.ended(status, status, output, ""));
    }

    @Test
    void a_deletion_is_one_command_where_the_artefact_was_put_and_reads_no_history() {
        assertThat(delete(BACKUP, Optional.empty())).isInstanceOf(DeletionResult.Accepted.class);

        assertThat(http.last("SendCommand").path("DocumentName").textValue()).isEqualTo("Delete");
        assertThat(http.last("SendCommand").at("/Parameters/destination/0").textValue())
                .isEqualTo("s3://old/place");
        assertThat(http.last("SendCommand").at("/Parameters/backupId/0").textValue())
                .isEqualTo(ID);
        assertThat(http.transmitted("ListCommands")).isZero();
    }

    @Test
    void what_systems_manager_has_forgotten_for_a_year_is_deleted_all_the_same() {
        clock.move(Duration.ofDays(365));

        assertThat(delete(BACKUP, Optional.empty())).isInstanceOf(DeletionResult.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Success", "Failed", "TimedOut", "Cancelled"})
    void an_artefact_is_gone_when_its_document_says_so_whatever_the_status_says(String status) {
        ended(status, LINE + "\n");

        assertThat(delete(BACKUP, COMMAND)).isEqualTo(new DeletionResult.Deleted());
        assertThat(http.transmitted("SendCommand")).isZero();
    }

    @Test
    void while_the_command_runs_no_other_is_sent() {
        ended("InProgress", "");

        assertThat(delete(BACKUP, COMMAND)).isInstanceOf(DeletionResult.InProgress.class);
        assertThat(http.transmitted("SendCommand")).isZero();
    }

    @Test
    void what_a_lock_keeps_is_no_failure_and_is_asked_for_again() {
        ended("Failed", "{\"error\":\"KeptByLock\",\"message\":\"kept by its lock until 2026-12-01\"}");

        assertThat(delete(BACKUP, COMMAND))
                .isEqualTo(new DeletionResult.Accepted(
                        "command-1",
                        Optional.of(BackupError.known(ErrorType.KEPT_BY_LOCK, "kept by its lock until 2026-12-01"))));
    }

    @Test
    void why_an_earlier_deletion_failed_is_told_with_the_next() {
        ended("Failed", "{\"error\":\"InvalidStateException\",\"message\":\"a backup runs\"}");

        assertThat(delete(BACKUP, COMMAND))
                .isInstanceOfSatisfying(
                        DeletionResult.Accepted.class,
                        accepted -> assertThat(accepted.before())
                                .contains(BackupError.known(
                                        new ErrorType("DeletionFailed"),
                                        "command command-1, which was to delete it, ended as Failed:"
                                                + " InvalidStateException: a backup runs")));
    }

    @Test
    void success_without_the_documents_line_proves_nothing() {
        ended("Success", "");

        assertThat(delete(BACKUP, COMMAND))
                .isInstanceOfSatisfying(
                        DeletionResult.Accepted.class,
                        accepted -> assertThat(accepted.before()).isPresent());
    }

    @Test
    void a_deletion_that_systems_manager_has_forgotten_is_sent_again() {
        http.typed("GetCommandInvocation", 400, "InvocationDoesNotExist");

        assertThat(delete(BACKUP, COMMAND)).isInstanceOf(DeletionResult.Accepted.class);
    }

    @Test
    void a_deletion_on_a_server_that_is_away_is_left_for_later() {
        http.usually("DescribeInstanceInformation", "{\"InstanceInformationList\":[]}");

        assertThat(delete(BACKUP, Optional.empty())).isInstanceOf(DeletionResult.InProgress.class);
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
