package dev.serverbackup.documents;

import static dev.serverbackup.documents.ServerShell.ID;
import static dev.serverbackup.documents.ServerShell.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.systemsmanager.Shell;
import dev.serverbackup.local.systemsmanager.ShellDocument.InvalidParametersException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents do, and what they refuse. */
class DocumentsRunTest extends OnAServer {
    private static final String OBJECT = "servers/" + ID + ".tar";
    private static final Instant LOCK_ENDS = Instant.parse("2999-01-01T00:00:00Z");

    private void refuses(String document, String type) {
        server.refusal(document, type);

        assertThat(server.below("artefacts")).isEmpty();
        assertThat(server.below("state/work")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chef-automate", "puppet-enterprise", "generic"})
    void a_backup_is_one_line_with_what_lies_there(String engine) {
        JsonNode line = server.backup(engine);

        List<String> stored = server.does("stat -c %s artefacts/*; cat artefacts/* | sha256sum | cut -d ' ' -f 1");
        assertThat(line)
                .hasToString("{\"backupId\":\"%s\",\"engine\":\"%s\",\"artefact\":\"%s\",\"size\":%s,\"sha256\":\"%s\"}"
                        .formatted(ID, engine, artefact(), stored.getFirst(), stored.getLast()));
        assertThat(server.below("artefacts")).containsExactly(ID + ".tar");
        assertThat(server.below("state/work")).isEmpty();
    }

    @Test
    void s3_is_asked_to_check_what_it_gets_but_an_old_aws_cli_that_knows_no_checksums_puts_it_all_the_same() {
        server.keepsIn("s3:/chef");
        server.command("aws", """
            case "$*" in
              *' --checksum-algorithm SHA256 '*) touch "$SERVER_ROOT/checked"; echo 'Unknown options' >&2; exit 252 ;;
            esac
            real aws "$@"
            """);

        assertThat(server.run("generic").code()).isZero();
        assertThat(root.resolve("checked")).exists();
        assertThat(server.bucket().keys()).containsExactly("chef/" + ID + ".tar");
    }

    @Test
    void what_s3_holds_is_read_again_and_thrown_away_if_it_is_another_thing() {
        server.keepsIn("s3:/chef");
        server.command("aws", "real aws \"$@\"; case \"$*\" in *' -') echo garbled ;; esac");

        refuses("generic", "BackupFailed");

        assertThat(server.bucket().keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"generic", "delete"})
    void two_do_not_run_at_once(String document) throws Exception {
        server.whileLocked("state/lock", () -> refuses(document, "InvalidStateException"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chef-automate", "puppet-enterprise", "generic"})
    void without_room_nothing_begins(String document) {
        server.with("spareKilobytes", "999999999999");

        refuses(document, "LimitExceededException");
    }

    @Test
    void chefs_artefact_holds_its_backup_what_it_refers_to_and_the_bundle() {
        server.run("chef-automate");

        assertThat(server.filesIn(artefact()))
                .containsExactly(
                        "./.tmp/base",
                        "./20180518010336/postgresql.sql",
                        "./automate-elasticsearch-data/index",
                        "./bootstrap.abb");
        assertThat(server.below("chef-backups")).doesNotContain("20180518010336/postgresql.sql");
        assertThat(root.resolve("deleted")).hasContent("20180518010336");
    }

    @Test
    void puppets_artefact_holds_its_backup_and_the_secret_keys() {
        server.run("puppet-enterprise");

        assertThat(server.filesIn(artefact())).containsExactly("./pe_backup.tgz", "./secrets.tar");
        server.does("tar -xf " + artefact());
        assertThat(server.filesIn("pe_backup.tgz")).containsExactly("./puppetdb.sql");
        assertThat(server.filesIn("secrets.tar"))
                .containsExactly(
                        "console-services/conf.d/secrets/keys.json", "orchestration-services/conf.d/secrets/keys.json");
    }

    /** A Chef Automate that is busy would block; the numbers are the codes that its command and Puppet's end with. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        chef-automate     | chef/busy     | Creating backup 20180518010336       | InvalidStateException
        chef-automate     | chef/busy     | Deleting backups                     | InvalidStateException
        chef-automate     | chef/busy     | Restoring from backup 20180518010336 | InvalidStateException
        chef-automate     | chef/code     | 78                                   | BackupFailed
        chef-automate     | chef/code     | 86                                   | BackupFailed
        chef-automate     | chef/code     | 89                                   | BackupFailed
        chef-automate     | chef/code     | 92                                   | AccessDeniedException
        chef-automate     | chef/code     | 98                                   | BackupFailed
        chef-automate     | chef/code     | 99                                   | InvalidStateException
        chef-automate     | chef/code     | 194                                  | BackupFailed
        chef-automate     | chef/state    | failed                               | BackupFailed
        puppet-enterprise | puppet/code   | 1                                    | BackupFailed
        puppet-enterprise | puppet/broken | no archive                           | BackupFailed
        """)
    void what_a_vendors_tool_does_not_make_is_no_backup(String engine, String steers, String how, String type) {
        server.file(steers, how);

        refuses(engine, type);
    }

    @Test
    void a_chef_backup_that_is_not_whole_is_deleted() {
        server.file("chef/broken", "");

        refuses("chef-automate", "BackupFailed");

        assertThat(root.resolve("deleted")).hasContent("20180518010336");
    }

    @Test
    void a_puppet_server_without_secret_keys_could_not_be_restored() {
        server.does("mv puppetlabs elsewhere");

        refuses("puppet-enterprise", "BackupFailed");
    }

    @Test
    void what_a_script_prints_is_not_in_the_line() {
        server.script("backup", "echo chatter; echo data >\"$1/dump.sql\"");

        Shell.Ended ended = server.run("generic");

        assertThat(line(ended).path("backupId").textValue()).isEqualTo(ID);
        assertThat(ended.complaints()).isEqualTo("chatter\n");
    }

    @Test
    void of_several_scripts_the_named_one_runs_and_one_that_is_not_there_is_refused() {
        server.script("backup", "exit 1").script("postgres.sh", "echo data >\"$1/orders.sql\"");

        server.with("script", "postgres.sh").backup("generic");
        assertThat(server.filesIn(artefact())).containsExactly("./orders.sql");

        server.with("backupId", OTHER_ID).with("script", "nightly").refusal("generic", "ValidationException");
    }

    @ParameterizedTest
    @CsvSource({
        "backupId, i-0123456789abcdef0-20260301020001500'; id; '",
        "backupId, ../../etc/passwd",
        "destination, /var/$(id)",
        "destination, /var/../etc",
        "destination, /var/'x",
        "destination, /var/{{ssm:secret}}",
        "script, ../../bin/sh",
        "script, -rf",
        "script, .hidden",
        "script, sub/backup",
        "script, a b",
        "script, a;id",
        "script, $(id)",
        "script, a'b",
        "executionTimeout, 1;id",
        "spareKilobytes, 1+1",
        "description, a b",
        "unknown, 1"
    })
    void a_parameter_that_a_shell_could_misread_never_reaches_it(String parameter, String value) {
        server.with(parameter, value);

        assertThatExceptionOfType(InvalidParametersException.class).isThrownBy(() -> server.run("generic"));
    }

    @Test
    void deletion_removes_the_one_artefact_and_nothing_else() {
        server.file("artefacts/" + ID + ".tar", "old")
                .file("artefacts/i-0123456789abcdef0-20260301020001501.tar", "new");

        assertThat(server.run("delete").code()).isZero();

        assertThat(server.below("artefacts")).containsExactly("i-0123456789abcdef0-20260301020001501.tar");
    }

    @Test
    void what_s3_has_locked_stays_until_the_lock_ends_and_is_then_deleted() {
        server.keepsIn("s3:/servers");
        server.bucket().put(OBJECT, "old");
        server.bucket().lock(OBJECT, LOCK_ENDS);

        assertThat(server.words("delete", "KeptByLock")).isEqualTo("kept by its lock until 2999-01-01T00:00:00+00:00");
        assertThat(server.bucket().keys()).containsExactly(OBJECT);

        server.variable("SERVER_CLOCK", Long.toString(LOCK_ENDS.getEpochSecond()));
        assertThat(server.run("delete").code()).isZero();
        assertThat(server.bucket().keys()).isEmpty();
        assertThat(server.bucket().versions()).as("the bucket keeps them").containsExactly(OBJECT);
    }

    @Test
    void where_s3_does_not_say_whether_it_is_locked_nothing_is_deleted() {
        server.keepsIn("s3:/servers");
        server.bucket().put(OBJECT, "old");
        server.command("aws", "case \"$2\" in head-object) exit 255 ;; esac; real aws \"$@\"");

        server.refusal("delete", "BackupFailed");

        assertThat(server.bucket().keys()).containsExactly(OBJECT);
    }

    @Test
    void no_document_is_larger_than_systems_manager_takes() throws IOException {
        try (Stream<Path> documents = Files.list(ServerShell.DOCUMENTS)) {
            assertThat(documents.filter(file -> file.toString().endsWith(".yaml")))
                    .hasSize(4)
                    .allSatisfy(document -> assertThat(Files.size(document)).isLessThan(64 * 1024));
        }
    }
}
