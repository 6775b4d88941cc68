package dev.serverbackup.documents;

import static dev.serverbackup.documents.ServerShell.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing must not pass for something: a backup holds some file with bytes, and its archives can be read to their ends. */
class BackupContentTest extends OnAServer {
    @ParameterizedTest
    @ValueSource(
            strings = {
                ": >dump.sql",
                "false | gzip >dump.sql.gz",
                ": >dump.sql.gz",
                "mkdir empty",
                "mkfifo pipe",
                "ln -s /nowhere dangling",
                "ln -s /etc/hostname link",
                "tar -cf dump.tar -T /dev/null",
                "tar -czf dump.tar.gz -T /dev/null",
                "mkdir empty; tar -cf dump.tar empty; rmdir empty",
                ": >dump; tar -czf dump.tgz dump",
                "false | gzip >'a b.gz'; : >dump; mkfifo pipe; mkdir empty"
            })
    void nothing_is_no_backup(String script) {
        server.script("backup", "cd \"$1\"\n" + script);

        server.refusal("generic", "BackupFailed");

        assertThat(server.below("artefacts")).isEmpty();
        assertThat(server.below("state/work")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " is ", quoteCharacter = '`', textBlock = """
        seq 99999 | gzip | head -c 9999 >dump.sql.gz                is dump.sql.gz
        echo no archive >dump.gz                                    is dump.gz
        echo no archive >dump.tar                                   is dump.tar
        seq 99999 >a; tar -cf - a | head -c 99999 >dump.tar         is dump.tar
        seq 99999 >a; tar -czf - a | head -c 9999 >dump.tgz         is dump.tgz
        seq 99999 >a; tar -czf - a | head -c 9999 >'deep er.tar.gz' is deep er.tar.gz
        seq 99999 >a; tar -czf a.tgz a; printf x | dd of=a.tgz bs=1 seek=5000 conv=notrunc 2>/dev/null is a.tgz
        """)
    void an_archive_that_cannot_be_read_to_its_end_is_named_and_makes_no_backup(String script, String named) {
        server.script("backup", "mkdir \"$1/deep\"; cd \"$1/deep\"\necho data >dump.sql\n" + script);

        assertThat(server.words("generic", "BackupFailed")).isEqualTo("not to be read to its end: ./deep/" + named);
        assertThat(server.below("artefacts")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo data | gzip >dump.sql.gz",
                "echo data >a; tar -czf dump.tgz a; rm a",
                "echo data >a; tar -cf dump.tar a; rm a",
                "echo data >'with a blank'; mkfifo pipe; ln -s /nowhere dangling",
                "mkdir logs.gz; echo data >logs.gz/log; ln -s log logs.gz/log.gz; : >empty",
                "echo data >\"$(printf 'new\\nline.sql')\"",
                "printf x >one"
            })
    void some_file_with_bytes_is_a_backup(String script) {
        server.script("backup", "cd \"$1\"\n" + script);

        server.backup("generic");
    }

    @Test
    void each_of_puppets_secrets_holds_a_key() throws IOException {
        server.file("puppetlabs/console-services/conf.d/secrets/keys.json", "");

        assertThat(server.words("puppet-enterprise", "BackupFailed"))
                .isEqualTo("there is no secret key in " + root.resolve("puppetlabs/console-services/conf.d/secrets")
                        + ": what it protects could not be restored");
        assertThat(server.below("artefacts")).isEmpty();
    }

    /** A file that can't be read; and tee on a full disk, which goes on and says so at the end. */
    @ParameterizedTest
    @CsvSource({
        "tar, case \"$*\" in *-cf*) real tar \"$@\"; exit 2 ;; esac; real tar \"$@\"",
        "tee, head -c 5000 >\"$1\"; exit 1"
    })
    void a_pack_that_holds_only_a_part_is_no_backup(String command, String content) {
        server.command(command, content);

        server.refusal("generic", "BackupFailed");

        assertThat(server.below("artefacts")).isEmpty();
    }

    @Test
    void a_script_is_expected_to_need_what_it_needed_last_time() throws IOException {
        server.script("backup", "head -c 3000000 /dev/zero >\"$1/dump.sql\"").backup("generic");
        assertThat(root.resolve("state/sizes/backup")).hasContent("2940");
        // Nothing has that much room.
        server.file("state/sizes/backup", "999999999999");

        server.with("backupId", ID.replace("0301", "0302")).refusal("generic", "LimitExceededException");
    }

    @Test
    void what_is_known_of_the_last_size_may_be_nonsense() {
        server.file("state/sizes/backup", "a[$(id)]");

        server.backup("generic");
    }

    /** Files larger than 100 KiB can't be written: as on a full disk, the pack does not fit where its parts did. */
    @Test
    void a_pack_that_does_not_fit_is_no_backup_and_leaves_nothing() throws IOException {
        server.script("backup", "for n in 1 2 3 4; do head -c 60000 /dev/zero >\"$1/$n\"; done");
        Process limited = server.starting("generic", "ulimit -f 200;").start();

        assertThat(limited.inputReader().lines())
                .singleElement(STRING)
                .isEqualTo(
                        "{\"error\":\"BackupFailed\",\"message\":\"the backup could not be packed: standard error says"
                                + " why\"}");
        assertThat(server.below("artefacts")).isEmpty();
        assertThat(server.below("state/work")).isEmpty();
    }
}
