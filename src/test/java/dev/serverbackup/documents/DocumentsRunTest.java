package dev.serverbackup.documents;

import static dev.serverbackup.documents.ServerShell.ID;
import static dev.serverbackup.documents.ServerShell.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.local.systemsmanager.Shell;
import dev.serverbackup.local.systemsmanager.ShellDocument.InvalidParametersException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
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
    void a_backup_is_one_line_with_what_lies_there(String document) throws Exception {
        Shell.Ended ended = server.run(document);

        assertThat(ended.code()).describedAs(ended.complaints()).isZero();
        assertThat(ended.output().lines()).hasSize(1);
        Path artefact = Path.of(line(ended).path("artefact").textValue());
        assertThat(artefact).isEqualTo(server.artefacts().resolve(ID + ".tar"));
        assertThat(line(ended).path("sha256").textValue())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(artefact))));
        assertThat(line(ended).path("size").longValue()).isEqualTo(Files.size(artefact));
        assertThat(line(ended).path("backupId").textValue()).isEqualTo(ID);
        assertThat(line(ended).path("engine").textValue()).isEqualTo(document);
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
    @ValueSource(strings = {"chef-automate", "puppet-enterprise", "generic", "delete"})
    void two_do_not_run_at_once(String document) throws Exception {
        server.whileLocked("state/lock", () -> refuses(document, "InvalidStateException"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chef-automate", "puppet-enterprise", "generic"})
    void without_room_nothing_begins(String document) {
        server.with("spareKilobytes", "999999999999");

        refuses(document, "LimitExceededException");
    }

    /** The files of an archive that can be read to its end, in the order of their names. */
    private static List<String> filesIn(Path archive) throws Exception {
        Process list = new ProcessBuilder("tar", "-tf", archive.toString()).start();
        List<String> files = list.inputReader()
                .lines()
                .filter(name -> !name.endsWith("/"))
                .sorted()
                .toList();
        assertThat(list.waitFor()).as("%s is read to its end", archive).isZero();
        return files;
    }

    private Path member(Path archive, String name) throws Exception {
        Path member = root.resolve("member");
        assertThat(new ProcessBuilder("tar", "-xOf", archive.toString(), name)
                        .redirectOutput(member.toFile())
                        .start()
                        .waitFor())
                .isZero();
        return member;
    }

    @Test
    void chefs_artefact_holds_its_backup_what_it_refers_to_and_the_bundle() throws Exception {
        server.run("chef-automate");

        assertThat(filesIn(artefact()))
                .containsExactly(
                        "./.tmp/base",
                        "./20180518010336/postgresql.sql",
                        "./automate-elasticsearch-data/index",
                        "./bootstrap.abb");
        assertThat(server.below("chef-backups")).doesNotContain("20180518010336/postgresql.sql");
        assertThat(root.resolve("deleted")).hasContent("20180518010336");
    }

    @Test
    void puppets_artefact_holds_its_backup_and_the_secret_keys() throws Exception {
        server.run("puppet-enterprise");

        Path artefact = artefact();
        assertThat(filesIn(artefact)).containsExactly("./pe_backup.tgz", "./secrets.tar");
        assertThat(filesIn(member(artefact, "./pe_backup.tgz"))).containsExactly("./puppetdb.sql");
        assertThat(filesIn(member(artefact, "./secrets.tar")))
                .containsExactly(
                        "console-services/conf.d/secrets/keys.json", "orchestration-services/conf.d/secrets/keys.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Creating backup 20180518010336", "Deleting backups", "Restoring from backup 20180518010336"})
    void a_chef_automate_that_is_busy_would_block_so_it_is_refused(String status) {
        server.file("chef/busy", status);

        refuses("chef-automate", "InvalidStateException");
    }

    @ParameterizedTest
    @CsvSource({
        "78, BackupFailed",
        "86, BackupFailed",
        "89, BackupFailed",
        "92, AccessDeniedException",
        "98, BackupFailed",
        "99, InvalidStateException",
        "194, BackupFailed"
    })
    void chefs_exit_codes_have_types(String code, String type) {
        server.file("chef/code", code);

        refuses("chef-automate", type);
    }

    @ParameterizedTest
    @CsvSource({
        "chef-automate, chef/state, failed",
        "puppet-enterprise, puppet/code, 1",
        "puppet-enterprise, puppet/broken, no archive"
    })
    void what_a_vendors_tool_failed_to_make_is_no_backup(String document, String steers, String how) {
        server.file(steers, how);
        refuses(document, "BackupFailed");
    }

    @Test
    void a_chef_backup_that_is_not_whole_is_deleted() {
        server.file("chef/broken", "");

        refuses("chef-automate", "BackupFailed");

        assertThat(root.resolve("deleted")).hasContent("20180518010336");
    }

    @Test
    void a_puppet_server_without_secret_keys_could_not_be_restored() throws IOException {
        Files.move(root.resolve("puppetlabs"), root.resolve("elsewhere"));

        refuses("puppet-enterprise", "BackupFailed");
    }

    @Test
    void what_a_script_prints_is_not_in_the_line() {
        server.script("backup", "rwxr-xr-x", "echo chatter; echo data >\"$1/dump.sql\"");

        Shell.Ended ended = server.run("generic");

        assertThat(line(ended).path("backupId").textValue()).isEqualTo(ID);
        assertThat(ended.complaints()).isEqualTo("chatter\n");
    }

    @Test
    void of_several_scripts_the_named_one_runs() throws Exception {
        server.script("backup", "rwxr-xr-x", "exit 1")
                .script("postgres.sh", "rwxr-xr-x", "echo data >\"$1/orders.sql\"");

        Shell.Ended ended = server.with("script", "postgres.sh").run("generic");

        assertThat(ended.code()).describedAs(ended.complaints()).isZero();
        assertThat(filesIn(artefact())).containsExactly("./orders.sql");
    }

    @Test
    void a_script_that_is_not_there_is_refused() {
        server.with("script", "nightly");

        refuses("generic", "ValidationException");
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

        Shell.Ended ended = server.run("delete");

        assertThat(ended.code()).isZero();
        assertThat(server.below("artefacts")).containsExactly("i-0123456789abcdef0-20260301020001501.tar");
    }

    @Test
    void what_s3_has_locked_stays_until_the_lock_ends_and_is_then_deleted() {
        server.keepsIn("s3:/servers");
        server.bucket().put(OBJECT, "old");
        server.bucket().lock(OBJECT, LOCK_ENDS);

        assertThat(server.refusal("delete", "KeptByLock").path("message").textValue())
                .isEqualTo("kept by its lock until 2999-01-01T00:00:00+00:00");
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
