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
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document that reads an artefact back, run by /bin/sh. */
class VerifyDocumentTest extends OnAServer {
    private static final String OBJECT = "servers/" + ID + ".tar";

    /** Backed up before, and nothing of it lies about. */
    private JsonNode backedUp(String engine) {
        JsonNode backup = server.backup(engine);
        server.knowing(backup);
        return backup;
    }

    private JsonNode verified() {
        Shell.Ended ended = server.run("verify");
        assertThat(ended.code()).describedAs(ended.toString()).isZero();
        assertThat(ended.output().lines()).hasSize(1);
        return line(ended);
    }

    private void refuses(String type, String message) {
        assertThat(server.words("verify", type)).isEqualTo(message);
        assertThat(server.below("state/verification")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "chef-automate, 'size, SHA-256, pack and the archives in it, backup and bootstrap bundle'",
        "puppet-enterprise, 'size, SHA-256, pack and the archives in it, backup and secret keys'",
        "generic, 'size, SHA-256, pack and the archives in it'"
    })
    void a_sound_artefact_is_read_to_its_end_and_stays_as_it_was(String engine, String checked) throws IOException {
        JsonNode backup = backedUp(engine);
        byte[] before = Files.readAllBytes(artefact());

        ObjectNode line = (ObjectNode) verified();

        assertThat(line.remove("seconds").intValue()).isNotNegative();
        assertThat(line.toString())
                .isEqualTo("{\"backupId\":\"%s\",\"verified\":\"%s\",\"size\":%s,\"sha256\":\"%s\",\"checked\":\"%s\"}"
                        .formatted(
                                ID,
                                artefact(),
                                backup.path("size"),
                                backup.path("sha256").textValue(),
                                checked));
        assertThat(artefact()).hasBinaryContent(before);
        assertThat(server.below("artefacts")).containsExactly(ID + ".tar");
    }

    @Test
    void an_artefact_in_s3_is_fetched_and_nothing_of_it_stays_and_one_that_is_not_there_is_reported() {
        String place = server.keepsIn("s3:/servers");
        backedUp("generic");

        assertThat(verified().path("verified").textValue()).isEqualTo(place + "/" + ID + ".tar");
        assertThat(server.below("state/verification")).isEmpty();
        assertThat(server.bucket().keys()).containsExactly(OBJECT);

        server.with("backupId", OTHER_ID);
        refuses("VerificationFailed", "there is no artefact at %s/%s.tar".formatted(place, OTHER_ID));
        server.withoutS3();
        refuses("VerificationInconclusive", "S3 did not give %s/%s.tar".formatted(place, OTHER_ID));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '`', textBlock = """
        mv ARTEFACT artefacts/i-0123456789abcdef0-20260228020001500.tar -> VerificationFailed -> there is no artefact at ARTEFACT
        rm ARTEFACT -> VerificationInconclusive -> there is no artefact of this server in DIRECTORY: is it mounted
        truncate -s -512 ARTEFACT -> VerificationFailed -> the artefact at ARTEFACT has LESS bytes, not SIZE
        printf x | dd of=ARTEFACT bs=1 seek=100 conv=notrunc 2>/dev/null -> VerificationFailed -> the artefact at ARTEFACT \
        has another SHA-256 than the audit says
        chmod 666 ARTEFACT -> AccessDeniedException -> others than root can change ARTEFACT: it and its directories must be \
        root s alone
        """)
    void what_has_become_of_an_artefact_is_reported(String act, String type, String message) {
        long size = backedUp("generic").path("size").longValue();
        server.does(act.replace("ARTEFACT", artefact().toString()));

        refuses(
                type,
                message.replace("ARTEFACT", artefact().toString())
                        .replace("DIRECTORY", server.artefacts().toString())
                        .replace("LESS", Long.toString(size - 512))
                        .replace("SIZE", Long.toString(size)));
    }

    @Test
    void what_the_server_can_not_read_says_nothing_of_the_artefact() {
        backedUp("generic");
        server.command("sha256sum", "exit 1");

        refuses("VerificationInconclusive", artefact() + " can not be read to its end");
    }

    @Test
    void a_pack_without_what_its_engine_packs_is_reported() {
        backedUp("generic");

        server.with("engine", "puppet-enterprise");
        refuses("VerificationFailed", "the pack holds no backup of Puppet Enterprise with its secret keys");
        server.with("engine", "chef-automate");
        refuses("VerificationFailed", "the pack holds no backup of Chef Automate with its bootstrap bundle");
    }

    @Test
    void a_servers_own_test_gets_what_was_backed_up() {
        server.script("restore-test", "[ \"$(pwd)\" = \"$1\" ] && [ \"$(cat \"$1/dump.sql\")\" = data ]");
        backedUp("generic");

        assertThat(verified().path("checked").textValue()).endsWith(", restore-test");
        assertThat(server.below("state/verification")).isEmpty();
    }

    /** A command that is missing on the server says nothing of the artefact, nor does a test that takes too long. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rwxr-xr-x | exit 3          | VerificationFailed       | SCRIPT ended with code 3
        rwxr-xr-x | exit 75         | InvalidStateException    | SCRIPT cannot be run now (75)
        rwxr-xr-x | no-such-command | VerificationInconclusive | SCRIPT could not be run, or a command in it (127)
        rwxr-xr-x | exec sleep 60   | VerificationInconclusive | SCRIPT took longer than 1 seconds
        rw-r--r-- | exit 0          | VerificationInconclusive | SCRIPT is not executable
        rwxrwxrwx | exit 0          | AccessDeniedException    | others than root can change SCRIPT: it and its directories \
        must be root s alone
        """)
    void a_servers_own_test_that_finds_fault_or_can_not_be_run_is_reported(
            String permissions, String test, String type, String words) {
        server.script("restore-test", permissions, test).with("testSeconds", "1");
        backedUp("generic");

        refuses(
                type,
                words.replace("SCRIPT", root.resolve("scripts/restore-test").toString()));
    }

    @Test
    void without_room_to_unpack_nothing_is_said_of_the_artefact() {
        server.script("restore-test", "exit 0");
        backedUp("generic");
        server.with("spareKilobytes", "999999999999");

        assertThat(server.words("verify", "LimitExceededException")).startsWith("no room: ");
        assertThat(server.below("state/verification")).isEmpty();
    }

    @Test
    void a_backup_of_the_server_may_run_meanwhile() throws Exception {
        server.script(
                "restore-test",
                "touch \"$SERVER_ROOT/tests\"; while [ ! -e \"$SERVER_ROOT/go\" ]; do sleep 0.05; done");
        backedUp("generic");
        Process verification = server.start("verify", "output");
        server.awaited("tests", verification);

        server.with("backupId", OTHER_ID).backup("generic");

        server.file("go", "");
        assertThat(verification.onExit().join().exitValue()).isZero();
    }

    /** As large as a backup: without room the next backup would be refused. */
    @Test
    void what_a_killed_verification_left_is_cleared_away_by_the_next_backup() {
        server.file("state/verification/artefact.tar", "half");

        server.backup("generic");

        assertThat(root.resolve("state/verification")).doesNotExist();
    }

    /** The database's own user writes below the state while Puppet Enterprise is backed up. */
    @Test
    void the_way_of_the_databases_user_stays_open_while_a_verification_begins() throws Exception {
        backedUp("generic");
        server.command(
                        "puppet-backup",
                        "mkfifo \"$SERVER_ROOT/gate\"; : >\"$SERVER_ROOT/gate\"; real puppet-backup \"$@\"")
                .variable(
                        "SERVER_BACKUP_PUPPET",
                        root.resolve("commands/puppet-backup").toString())
                .variable("SERVER_BACKUP_PUPPET_USER", System.getProperty("user.name"));
        Process backup = server.with("backupId", OTHER_ID).start("puppet-enterprise", "output");
        Path gate = server.awaited("gate", backup);

        server.with("backupId", ID);
        verified();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("state"))))
                .isEqualTo("rwx--x--x");
        assertThat(Files.readString(gate)).isEmpty();
        assertThat(backup.waitFor()).isZero();
    }

    @Test
    void two_verifications_do_not_run_at_once() throws Exception {
        backedUp("generic");
        server.whileLocked(
                "state/verification.lock",
                () -> refuses("InvalidStateException", "another verification runs on this server"));
    }

    @Test
    void one_that_is_killed_at_any_step_leaves_the_artefact_and_the_next_one_cleans_up() throws Exception {
        server.script("restore-test", "exit 0");
        server.keepsIn("s3:/servers");
        backedUp("generic");
        server.killing("aws sha256sum tar timeout rm wc");
        int step = 1;
        for (boolean killed = true; killed; step++) {
            killed = server.isKilledAt(step, "verify");

            assertThat(verified().path("checked").textValue())
                    .describedAs("killed at step %s", step)
                    .endsWith("restore-test");
            assertThat(server.bucket().versions()).containsExactly(OBJECT);
            assertThat(server.below("state/verification")).isEmpty();
        }
        assertThat(step).isGreaterThan(8);
    }
}
