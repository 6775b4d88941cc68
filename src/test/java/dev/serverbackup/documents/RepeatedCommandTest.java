package dev.serverbackup.documents;

import static dev.serverbackup.documents.ServerShell.ID;
import static dev.serverbackup.documents.ServerShell.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.systemsmanager.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent runs a command again after an update or a reboot: what has happened stands, what was refused stays refused. */
class RepeatedCommandTest extends OnAServer {
    private static final String PAST = "1000000000";
    private static final String ARTEFACT = "artefacts/" + ID + ".tar";

    @BeforeEach
    void a_server_whose_backup_is_another_each_time() {
        server.script("backup", "echo run >>\"$SERVER_ROOT/runs\"; date +%N >\"$1/dump.sql\"");
    }

    private void refusesForEver(String type) {
        String said = server.refusal("generic", type).toString();
        server.script("backup", "echo data >\"$1/dump.sql\"").with("beginBefore", "9999999999");

        assertThat(server.refusal("generic", type)).hasToString(said);
        assertThat(server.below("artefacts")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/artefacts", "s3:/servers", "s3:"})
    void the_line_of_an_artefact_that_stands_is_said_again_and_nothing_is_made(String destination) throws IOException {
        server.keepsIn(destination);
        JsonNode first = server.backup("generic");

        assertThat(server.backup("generic")).isEqualTo(first);
        assertThat(server.with("beginBefore", PAST).backup("generic")).isEqualTo(first);
        assertThat(root.resolve("runs")).hasContent("run");
    }

    @Test
    void an_artefact_that_is_not_the_placed_one_any_more_is_left_alone() {
        server.backup("generic");
        server.file(ARTEFACT, "another");

        server.refusal("generic", "BackupFailed");

        assertThat(root.resolve(ARTEFACT)).hasContent("another");
    }

    @Test
    void what_another_has_placed_there_is_left_alone() {
        server.file(ARTEFACT, "another's").refusal("generic", "BackupFailed");
        assertThat(root.resolve(ARTEFACT)).hasContent("another's");

        String other = ID.replace("0301", "0302");
        server.with("backupId", other).keepsIn("s3:/servers");
        server.bucket().put("servers/" + other + ".tar", "another's");
        server.refusal("generic", "BackupFailed");
        assertThat(server.bucket().content("servers/" + other + ".tar"))
                .asString()
                .isEqualTo("another's");
        assertThat(server.bucket().versions()).hasSize(1);
        assertThat(root.resolve("runs")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "exit 75, InvalidStateException",
        "exit 3, BackupFailed",
        "exit 194, BackupFailed",
        "exit 0, BackupFailed"
    })
    void a_refusal_is_said_again(String script, String type) {
        server.script("backup", script);

        refusesForEver(type);
    }

    @Test
    void a_command_that_comes_too_late_makes_nothing_then_or_ever() {
        server.with("beginBefore", PAST);

        refusesForEver("InvalidStateException");

        assertThat(root.resolve("runs")).doesNotExist();
    }

    @Test
    void a_command_that_met_a_lock_refuses_when_the_lock_is_free_too() throws Exception {
        server.whileLocked("state/lock", () -> server.refusal("generic", "InvalidStateException"));

        refusesForEver("InvalidStateException");
    }

    /** Its first shell outlived its agent: "nothing was done" would be untrue. */
    @Test
    void a_command_that_still_runs_is_waited_for() throws Exception {
        server.script(
                "backup",
                "echo run >>\"$SERVER_ROOT/runs\"; echo data >\"$1/dump.sql\"\n"
                        + "mkfifo \"$SERVER_ROOT/gate\"; : >\"$SERVER_ROOT/gate\"");
        Process first = server.start("generic", "first");
        Path gate = server.awaited("gate", first);
        Process second = server.start("generic", "second");
        assertThat(second.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();

        assertThat(Files.readString(gate)).isEmpty();

        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(root.resolve("second")).hasSameTextualContentAs(root.resolve("first"));
        assertThat(root.resolve("runs")).hasContent("run");
    }

    /** A refusal that can't be noted must not be one after which another command is sent: this one may yet run. */
    @Test
    void a_refusal_that_cannot_be_kept_does_not_say_that_nothing_was_done() {
        server.command("mv", "exit 1").with("beginBefore", PAST);

        JsonNode line = server.refusal("generic", "BackupFailed");

        assertThat(line.path("message").textValue())
                .matches("it is \\d{10} on this server and the command had to begin before " + PAST
                        + " \\(UTC, seconds\\); this could not be noted in " + root.resolve("state/commands"));
    }

    @Test
    void a_backup_that_cannot_be_noted_is_not_placed() {
        server.command("mv", "exit 1");

        server.refusal("generic", "BackupFailed");

        assertThat(server.below("artefacts")).isEmpty();
    }

    /** The artefact may lie where it can't be seen: not "nothing was done". */
    @Test
    void an_artefact_that_is_gone_is_not_made_anew_late_and_is_no_leave_to_try_again() throws IOException {
        server.backup("generic");
        Files.delete(root.resolve(ARTEFACT));

        server.with("beginBefore", PAST).refusal("generic", "BackupFailed");

        assertThat(server.below("artefacts")).isEmpty();
    }

    private void mayNotListTheBucket() {
        server.command("aws", """
            case "$2" in
              head-object)
                if real aws "$@" 2>/dev/null; then exit 0; fi
                echo 'An error occurred (403) when calling the HeadObject operation: Forbidden' >&2
                exit 254
                ;;
            esac
            real aws "$@"
            """);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_artefact_that_is_gone_while_s3_is_away_or_may_not_say_so_is_not_made_anew(boolean away) {
        server.keepsIn("s3:");
        server.backup("generic");
        server.bucket().delete(ID + ".tar");
        if (away) {
            server.withoutS3();
        } else {
            mayNotListTheBucket();
        }

        server.refusal("generic", "BackupFailed");

        assertThat(root.resolve("runs")).hasContent("run");
    }

    @Test
    void who_may_not_list_a_bucket_can_write_to_it() {
        server.keepsIn("s3:");
        mayNotListTheBucket();

        server.backup("generic");
    }

    @Test
    void a_deleted_backup_is_not_made_anew() {
        server.backup("generic");
        assertThat(server.run("delete").code()).isZero();

        server.refusal("generic", "BackupFailed");

        assertThat(server.below("artefacts")).isEmpty();
    }

    @Test
    void a_deletion_can_be_run_again_and_its_refusal_is_not_kept() {
        server.backup("generic");
        server.does("chmod 777 artefacts");
        server.refusal("delete", "AccessDeniedException");
        server.does("chmod 700 artefacts");

        Shell.Ended first = server.run("delete");

        assertThat(line(first).path("deleted").textValue())
                .isEqualTo(root.resolve(ARTEFACT).toString());
        assertThat(server.run("delete")).isEqualTo(first);
    }
}
