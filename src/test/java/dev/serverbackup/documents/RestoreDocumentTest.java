package dev.serverbackup.documents;

import static dev.serverbackup.documents.ServerShell.ID;
import static dev.serverbackup.documents.ServerShell.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.systemsmanager.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document that restores a server, run by /bin/sh against stand-ins of the vendors' commands. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the documents are for Linux servers")
class RestoreDocumentTest {
    private static final String RESTORE = "0123456789abcdef0123456789abcdef";
    private static final String KEYS = "console-services/conf.d/secrets/keys.json";
    private static final String UNCHANGED = "; nothing was changed";
    private static final String HALF = "; the server may be half restored";

    @TempDir
    private Path root;

    private ServerShell server;

    @BeforeEach
    void a_server_with_everything() {
        server = new ServerShell(root)
                .script("backup", "rwxr-xr-x", "mkdir \"$1/sub\"; printf 'a\\0b' >\"$1/sub/dump.sql\"")
                .script(
                        "restore",
                        "rwxr-xr-x",
                        "echo >>\"$SERVER_ROOT/restores\"; cp -a \"$1/.\" \"$SERVER_ROOT/live\"")
                .file("puppetlabs/" + KEYS, "the old key")
                .with("restoreId", RESTORE);
    }

    private void backedUp(String engine) {
        server.knowing(server.backup(engine));
    }

    private JsonNode restored() {
        Shell.Ended ended = server.run("restore");
        assertThat(ended.code()).describedAs(ended.toString()).isZero();
        assertThat(ended.output().lines()).hasSize(1);
        return line(ended);
    }

    private void refuses(String type, String words) {
        assertThat(server.refusal("restore", type).path("message").textValue()).contains(words);
        assertThat(server.below("state/work")).isEmpty();
    }

    private long restores() throws IOException {
        Path counted = root.resolve("restores");
        return Files.exists(counted) ? Files.readAllLines(counted).size() : 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"artefacts", "s3://bucket/servers"})
    void what_was_backed_up_is_there_again_byte_for_byte(String destination) throws IOException {
        server.with(
                "destination",
                destination.startsWith("s3") ? destination : server.artefacts().toString());
        backedUp("generic");

        JsonNode line = restored();

        assertThat(root.resolve("live/sub/dump.sql")).hasBinaryContent(new byte[] {'a', 0, 'b'});
        assertThat(line.path("restored").textValue()).endsWith("/" + ID + ".tar");
        assertThat(line.path("restoreId").textValue()).isEqualTo(RESTORE);
        assertThat(line.path("backupId").textValue()).isEqualTo(ID);
        assertThat(server.below("state/work")).isEmpty();
    }

    @Test
    void chef_automate_is_given_its_backup_with_what_it_refers_to_and_the_bundle() {
        backedUp("chef-automate");

        restored();

        assertThat(root.resolve("chef-data/postgresql.sql")).hasContent("the data of all services");
        assertThat(root.resolve("unpacked")).exists();
        assertThat(server.below("chef-backups")).containsExactly(".tmp/base", "automate-elasticsearch-data/index");
    }

    @Test
    void puppet_enterprise_gets_its_secret_keys_back_and_then_its_backup() throws IOException {
        backedUp("puppet-enterprise");
        server.file("puppetlabs/" + KEYS, "a new installation's key");

        restored();

        assertThat(root.resolve("puppetlabs/" + KEYS)).hasContent("the old key");
        assertThat(root.resolve("puppet-data/puppetdb.sql")).hasContent("puppetdb");
    }

    @Test
    void the_backup_of_another_server_may_be_restored() {
        server.with("backupId", "i-0fffffffffffffff0-20260301020001500");
        backedUp("generic");

        assertThat(restored().path("backupId").textValue()).isEqualTo("i-0fffffffffffffff0-20260301020001500");
    }

    @Test
    void an_artefact_that_is_not_what_the_audit_says_changes_nothing() throws IOException {
        backedUp("generic");
        server.with("sha256", "0".repeat(64));

        refuses("VerificationFailed", "has another SHA-256 than the audit says" + UNCHANGED);

        assertThat(restores()).isZero();
    }

    @Test
    void without_a_script_nothing_is_changed() throws IOException {
        backedUp("generic");
        Files.delete(root.resolve("scripts/restore"));

        refuses("ValidationException", "there is no executable");
    }

    @Test
    void without_room_nothing_is_changed() throws IOException {
        backedUp("generic");
        server.with("spareKilobytes", "999999999999");

        refuses("LimitExceededException", "no room");
        assertThat(restores()).isZero();
    }

    @Test
    void a_busy_chef_automate_is_left_alone() {
        backedUp("chef-automate");
        server.file("chef/busy", "Creating backup 20180518010336");

        refuses("InvalidStateException", "Chef Automate is busy");
    }

    @ParameterizedTest
    @CsvSource({"chef-automate, chef/restore-code, 79", "puppet-enterprise, puppet/code, 2"})
    void a_vendors_restore_that_fails_is_told_with_what_it_may_have_done(String engine, String steers, String code) {
        backedUp(engine);
        server.file(steers, code);

        refuses("RestoreFailed", HALF);
    }

    @Test
    void while_a_backup_runs_a_restore_is_refused() throws Exception {
        backedUp("generic");
        server.file("state/lock", "");
        Process holder = new ProcessBuilder("flock", root.resolve("state/lock").toString(), "cat").start();
        try {
            // The lock is taken once the holder's own command answers.
            holder.getOutputStream().write('x');
            holder.getOutputStream().flush();
            assertThat(holder.getInputStream().read()).isEqualTo('x');

            refuses("InvalidStateException", "another backup, deletion or restore runs on this server");
        } finally {
            holder.destroy();
            holder.waitFor();
        }
    }

    @Test
    void a_restore_that_the_agent_runs_again_says_its_line_again_and_restores_once() throws IOException {
        backedUp("generic");
        JsonNode line = restored();

        assertThat(restored()).isEqualTo(line);
        assertThat(restores()).isOne();
    }

    @Test
    void a_restore_that_was_refused_refuses_again() throws IOException {
        backedUp("generic");
        server.with("sha256", "0".repeat(64));
        JsonNode first = server.refusal("restore", "VerificationFailed");

        assertThat(server.refusal("restore", "VerificationFailed")).isEqualTo(first);
    }

    /** Then it is run again by the agent. */
    @Test
    void one_that_is_killed_at_any_step_restores_at_most_once() throws IOException {
        backedUp("generic");
        for (String step : List.of("sha256sum", "tar", "cp", "sync", "mv", "rm", "flock")) {
            server.command(step, """
                echo >>"$SERVER_ROOT/calls"
                if [ "$KILL_AT" -gt 0 ] && [ "$(wc -l <"$SERVER_ROOT/calls")" -ge "$KILL_AT" ]; then kill -KILL 0; fi
                real %s "$@"
                """.formatted(step));
        }
        int step = 1;
        for (boolean killed = true; killed; step++) {
            server.with("restoreId", "%032d".formatted(step))
                    .file("calls", "")
                    .variable("KILL_AT", Integer.toString(step));
            Files.deleteIfExists(root.resolve("restores"));
            killed = server.start("restore", "output").onExit().join().exitValue() == 137;
            long before = restores();
            server.file("calls", "").variable("KILL_AT", "0");

            Shell.Ended again = server.run("restore");

            assertThat(restores()).describedAs("killed at step %s", step).isLessThanOrEqualTo(1);
            if (before == 1 && again.code() != 0) {
                assertThat(line(again).path("error").textValue()).isEqualTo("RestoreInterrupted");
            }
            assertThat(again.code() == 0 ? restores() : 1).isOne();
        }
        assertThat(step).isGreaterThan(10);
    }
}
