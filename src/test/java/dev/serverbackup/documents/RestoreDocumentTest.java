package dev.serverbackup.documents;

import static dev.serverbackup.documents.ServerShell.ID;
import static dev.serverbackup.documents.ServerShell.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.systemsmanager.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document that restores a server, run by /bin/sh against stand-ins of the vendors' commands. */
class RestoreDocumentTest extends OnAServer {
    private static final String RESTORE = "0123456789abcdef0123456789abcdef";
    private static final String ANOTHERS_ID = "i-0fffffffffffffff0-20260301020001500";
    private static final String KEYS = "console-services/conf.d/secrets/keys.json";
    private static final String UNCHANGED = "; nothing was changed";

    @BeforeEach
    void this_server() {
        server.script("backup", "mkdir \"$1/sub\"; printf 'a\\0b' >\"$1/sub/dump.sql\"")
                .script("restore", "echo >>\"$SERVER_ROOT/restores\"; cp -a \"$1/.\" \"$SERVER_ROOT/live\"")
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

    private void refuses(String type, String message) {
        assertThat(server.words("restore", type)).isEqualTo(message);
        assertThat(server.below("state/work")).isEmpty();
    }

    private long restores() throws IOException {
        Path counted = root.resolve("restores");
        return Files.exists(counted) ? Files.readAllLines(counted).size() : 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/artefacts", "s3:/servers"})
    void what_was_backed_up_is_there_again_byte_for_byte(String destination) {
        String place = server.keepsIn(destination);
        backedUp("generic");

        ObjectNode line = (ObjectNode) restored();

        assertThat(root.resolve("live/sub/dump.sql")).hasBinaryContent(new byte[] {'a', 0, 'b'});
        assertThat(line.remove("seconds").intValue()).isNotNegative();
        assertThat(line)
                .hasToString("{\"backupId\":\"%s\",\"restored\":\"%s/%s.tar\",\"restoreId\":\"%s\"}"
                        .formatted(ID, place, ID, RESTORE));
        assertThat(server.below("state/work")).isEmpty();
    }

    @Test
    void chef_automate_is_given_its_backup_what_it_refers_to_and_the_bundle() {
        backedUp("chef-automate");

        restored();

        assertThat(root.resolve("chef-data/postgresql.sql")).hasContent("the data of all services");
        assertThat(root.resolve("chef-data/base")).hasContent("what changes seldom");
        assertThat(root.resolve("chef-data/index")).hasContent("the reports");
        assertThat(root.resolve("restored-with")).hasContent("--yes --skip-preflight");
    }

    /** It has what cannot be in a backup: packages of a host without internet, and its own name. */
    @Test
    void on_a_new_host_chef_automate_makes_its_own_checks_and_gets_what_lies_there_for_it() {
        backedUp("chef-automate");
        server.file("chef/new", "").file("chef-files/airgap.aib", "packages").file("chef-files/patch.toml", "fqdn");

        restored();

        assertThat(root.resolve("restored-with"))
                .hasContent("--yes --airgap-bundle %s --patch-config %s"
                        .formatted(root.resolve("chef-files/airgap.aib"), root.resolve("chef-files/patch.toml")));
    }

    @Test
    void what_other_backups_of_chef_automate_refer_to_is_kept() throws IOException {
        backedUp("chef-automate");
        server.file("chef-backups/automate-elasticsearch-data/index", "newer reports");

        restored();

        assertThat(root.resolve("chef-data/index")).hasContent("the reports");
        assertThat(root.resolve("chef-backups/.before-" + RESTORE + "/automate-elasticsearch-data/index"))
                .hasContent("newer reports");
    }

    @Test
    void puppet_enterprise_gets_its_backup_and_then_its_secret_keys_which_its_services_read() {
        backedUp("puppet-enterprise");
        server.file("puppetlabs/" + KEYS, "a new installation's key");

        restored();

        assertThat(root.resolve("puppet-data/puppetdb.sql")).hasContent("puppetdb");
        assertThat(root.resolve("puppetlabs/" + KEYS)).hasContent("the old key");
        assertThat(root.resolve("services")).hasContent("pe-console-services\npe-orchestration-services");
    }

    /** The other server may be writing there, into the same directory or bucket. */
    @Test
    void the_backup_of_another_server_may_be_restored_and_what_that_one_is_doing_goes_on() {
        server.with("backupId", ANOTHERS_ID);
        backedUp("generic");
        String part = "artefacts/i-0fffffffffffffff0-20260302020001500.tar.part";
        server.file(part, "half");

        assertThat(restored().path("backupId").textValue()).isEqualTo(ANOTHERS_ID);
        assertThat(root.resolve(part)).hasContent("half");

        server.with("restoreId", RESTORE.replace("0", "1")).keepsIn("s3:/servers");
        server.with("backupId", ANOTHERS_ID.replace("0301", "0302"));
        backedUp("generic");
        String upload = "servers/i-0fffffffffffffff0-20260303020001500.tar";
        server.bucket().beginUpload(upload);

        assertThat(restored().path("backupId").textValue()).isEqualTo(ANOTHERS_ID.replace("0301", "0302"));
        assertThat(server.bucket().uploads()).containsExactly(upload);
    }

    /** What else may have become of an artefact, a verification finds by the same part of the documents. */
    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '`', textBlock = """
        echo x >>ARTEFACT -> VerificationFailed -> the artefact at ARTEFACT has 10242 bytes, not 10240
        rm SCRIPT         -> ValidationException -> there is no executable SCRIPT on this server
        """)
    void what_is_not_as_it_must_be_changes_nothing(String act, String type, String message) throws Exception {
        backedUp("generic");
        UnaryOperator<String> named =
                text -> text.replace("ARTEFACT", artefact().toString())
                        .replace("SCRIPT", root.resolve("scripts/restore").toString());
        server.does(named.apply(act));

        refuses(type, named.apply(message) + UNCHANGED);
        assertThat(restores()).isZero();
    }

    @Test
    void where_s3_does_not_answer_nothing_is_changed() throws IOException {
        String place = server.keepsIn("s3:/servers");
        backedUp("generic");
        server.withoutS3();

        refuses("InvalidStateException", "S3 did not give %s/%s.tar".formatted(place, ID) + UNCHANGED);

        assertThat(restores()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chef-automate", "puppet-enterprise", "generic"})
    void without_room_nothing_is_changed(String engine) {
        backedUp(engine);
        server.with("spareKilobytes", "999999999999");

        assertThat(server.words("restore", "LimitExceededException"))
                .startsWith("no room: ")
                .endsWith(UNCHANGED);
        assertThat(root.resolve("chef-data")).doesNotExist();
        assertThat(root.resolve("puppet-data")).doesNotExist();
        assertThat(root.resolve("live")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        chef-automate     | chef/restore-code | 87               | RestoreFailed         | chef-automate backup restore ended with code 87
        puppet-enterprise | puppet/code       | 2                | RestoreFailed         | puppet-backup restore ended with code 2
        puppet-enterprise | services-fail     | yes              | RestoreFailed         | pe-console-services did not start with its \
        secret keys
        generic           | scripts/restore   | exit 3           | RestoreFailed         | SCRIPT ended with code 3
        generic           | scripts/restore   | exit 75          | InvalidStateException | SCRIPT cannot be run now (75)
        chef-automate     | chef/busy         | Deleting backups | InvalidStateException | Chef Automate is busy: Deleting backups
        """)
    void a_restore_that_fails_is_reported_with_what_it_may_have_done(
            String engine, String steers, String how, String type, String words) {
        backedUp(engine);
        server.file(steers, how);

        refuses(
                type,
                words.replace("SCRIPT", root.resolve("scripts/restore").toString())
                        + (type.equals("RestoreFailed") ? "; the server may be half restored" : UNCHANGED));
    }

    @Test
    void while_a_backup_runs_a_restore_is_refused() throws Exception {
        backedUp("generic");
        server.whileLocked(
                "state/lock",
                () -> refuses(
                        "InvalidStateException",
                        "another backup, deletion or restore runs on this server" + UNCHANGED));
    }

    @Test
    void while_a_restore_runs_a_backup_is_refused() throws Exception {
        backedUp("generic");
        server.script("restore", "mkfifo \"$SERVER_ROOT/gate\"; : >\"$SERVER_ROOT/gate\"");
        Process restore = server.start("restore", "output");
        Path gate = server.awaited("gate", restore);

        server.with("backupId", ANOTHERS_ID).refusal("generic", "InvalidStateException");

        assertThat(Files.readString(gate)).isEmpty();
        assertThat(restore.waitFor()).isZero();
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
        Files.move(artefact(), root.resolve("elsewhere"));
        server.file("artefacts/i-0123456789abcdef0-20260228020001500.tar", "the night before");
        JsonNode first = server.refusal("restore", "VerificationFailed");
        Files.move(root.resolve("elsewhere"), artefact());

        assertThat(server.refusal("restore", "VerificationFailed")).isEqualTo(first);
        assertThat(restores()).isZero();
    }

    /** Then it is run again by the agent, perhaps days later: that changes nothing, and says how far it had come. */
    @ParameterizedTest
    @CsvSource({"generic, s3:/servers, 15", "chef-automate, /artefacts, 20", "puppet-enterprise, /artefacts, 18"})
    void one_that_is_killed_at_any_step_never_restores_by_itself(String engine, String destination, int leastSteps)
            throws IOException {
        server.keepsIn(destination);
        backedUp(engine);
        server.killing("aws chef-automate flock mkdir mv puppet-backup rm sha256sum sync systemctl tar");
        server.variable(
                "SERVER_BACKUP_PUPPET", root.resolve("commands/puppet-backup").toString());
        int step = 1;
        for (boolean killed = true; killed; step++) {
            server.with("restoreId", "%032d".formatted(step));
            killed = server.isKilledAt(step, "restore");
            String done = traces();
            if (Files.notExists(root.resolve("state/commands/restore-%032d.line".formatted(step)))) {
                // Before it has noted that it begins, it has done nothing, and is as good as never sent.
                assertThat(done).describedAs("killed at step %s", step).isEmpty();
                continue;
            }

            Shell.Ended again = server.run("restore");

            assertThat(traces()).describedAs("killed at step %s", step).isEqualTo(done);
            assertThat(again.output().strip())
                    .describedAs("killed at step %s", step)
                    .matches("\\{\"backupId\":.*|\\{\"error\":\"RestoreInterrupted\",.*");
        }
        assertThat(step).isGreaterThan(leastSteps);
    }

    /** What a restore has left on the server. */
    private String traces() throws IOException {
        var found = new StringBuilder();
        for (String trace : List.of("restores", "restored-with", "puppet-data/puppetdb.sql", "services", "unpacked")) {
            Path file = root.resolve(trace);
            found.append(Files.exists(file) ? trace + Files.readAllLines(file) : "");
        }
        return found.toString();
    }
}
