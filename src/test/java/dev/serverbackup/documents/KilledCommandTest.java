package dev.serverbackup.documents;

import static dev.serverbackup.documents.ServerShell.ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A time-out, a cancellation and a reboot end a command by SIGKILL, which no trap sees. */
class KilledCommandTest extends OnAServer {
    @BeforeEach
    void a_server() {
        server.script("backup", "date +%N >\"$1/dump.sql\"");
    }

    /** Then it is run again by the agent, and then comes the next night. */
    @ParameterizedTest
    @CsvSource({"generic, s3:/servers, 14", "chef-automate, /artefacts, 20"})
    void a_command_may_be_killed_at_any_step(String document, String destination, int leastSteps) throws IOException {
        server.killing("aws chef-automate mv rm sync tar tee");
        server.keepsIn(destination);
        int step = 1;
        for (boolean killed = true; killed; step++) {
            server.with("backupId", "i-0123456789abcdef0-%017d".formatted(step));
            killed = server.isKilledAt(step, document);

            String line = server.backup(document).toString();

            String said = Files.readString(root.resolve("output")).strip();
            assertThat(said).describedAs("killed at step %s", step).isIn("", line);
            assertThat(
                            destination.startsWith("/")
                                    ? server.below("artefacts")
                                    : server.bucket().keys())
                    .describedAs("killed at step %s", step)
                    .hasSize(step);
            assertThat(server.below("state/work")).isEmpty();
        }
        // Of a command that was killed after its answer Chef Automate's own backup stays until the next night.
        server.with("backupId", OTHER_ID).backup(document);
        assertThat(server.below("chef-backups")).isSubsetOf(".tmp/base", "automate-elasticsearch-data/index");
        assertThat(step).isGreaterThan(leastSteps);
    }

    @ParameterizedTest
    @ValueSource(strings = {"generic", "delete"})
    void what_a_killed_command_left_is_swept(String document) {
        server.file("artefacts/" + OTHER_ID + ".tar.part", "half")
                .file("artefacts/i-0fffffffffffffff0-20260302020001500.tar.part", "another server's")
                .file("artefacts/notes.tar.part", "somebody's")
                .file("state/work/content/half.sql", "half");

        assertThat(server.run(document).code()).isZero();

        assertThat(server.below("artefacts"))
                .filteredOn(name -> name.endsWith(".part"))
                .containsExactlyInAnyOrder("i-0fffffffffffffff0-20260302020001500.tar.part", "notes.tar.part");
        assertThat(server.below("state/work")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"generic", "delete"})
    void unfinished_uploads_of_this_server_are_aborted_and_no_others(String document) {
        List<String> others = List.of(
                "other/" + OTHER_ID + ".tar",
                "servers/" + OTHER_ID + ".sql",
                "servers/i-0fffffffffffffff0-20260302020001500.tar");
        server.keepsIn("s3:/servers");
        server.bucket().beginUpload("servers/" + OTHER_ID + ".tar");
        others.forEach(server.bucket()::beginUpload);

        assertThat(server.run(document).code()).isZero();

        assertThat(server.bucket().uploads()).isEqualTo(others);
    }

    @Test
    void uploads_that_cannot_be_listed_hold_up_no_backup() {
        server.command("aws", "case \"$2\" in list-multipart-uploads) exit 254 ;; esac; real aws \"$@\"")
                .keepsIn("s3:/servers");

        server.backup("generic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "deaf"})
    void chefs_own_backup_of_a_killed_command_is_deleted(String how) throws IOException {
        server.file("chef/" + how, "").file("chef-backups/20180518010336/postgresql.sql", "half");
        server.file("chef-backups/20170101000000/postgresql.sql", "its owner's")
                .file("state/chef-backup", "20180518010336");
        server.file("chef/code", "86");

        server.refusal("chef-automate", "BackupFailed");

        assertThat(server.below("chef-backups")).containsExactly("20170101000000/postgresql.sql");
        assertThat(root.resolve("state/chef-backup")).doesNotExist();
    }

    /** The deletion would wait for what Chef Automate is doing. */
    @Test
    void nothing_is_deleted_while_chef_automate_is_busy() {
        server.file("chef/busy", "Restoring from backup 20180518010336")
                .file("chef-backups/20180518010336/postgresql.sql", "half")
                .file("state/chef-backup", "20180518010336");

        server.refusal("chef-automate", "InvalidStateException");

        assertThat(root.resolve("deleted")).doesNotExist();
    }

    @Test
    void a_chef_automate_that_writes_no_result_tells_the_id_all_the_same() {
        server.file("chef/silent", "").backup("chef-automate");
    }

    /** This shell alone: the script still runs, and a second one beside it would spoil both. */
    @Test
    void the_lock_is_held_while_the_script_of_a_killed_shell_runs() throws Exception {
        server.script("backup", "mkfifo \"$SERVER_ROOT/gate\"; : >\"$SERVER_ROOT/gate\"; : >\"$SERVER_ROOT/ended\"");
        Process command = server.start("generic", "output");
        Path gate = server.awaited("gate", command);
        command.destroyForcibly().onExit().join();

        server.with("backupId", OTHER_ID).refusal("generic", "InvalidStateException");

        assertThat(Files.readString(gate)).isEmpty();
    }

    @Test
    void answers_that_no_agent_asks_for_again_are_forgotten() throws Exception {
        server.file("state/commands/" + OTHER_ID + ".line", "{\"error\":\"BackupFailed\",\"message\":\"old\"}\n");
        Path old = root.resolve("state/commands/" + OTHER_ID + ".line");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(62))));

        server.backup("generic");

        assertThat(old).doesNotExist();
        assertThat(server.below("state/commands")).containsExactly(ID + ".line", ID + ".lock");
    }
}
