package dev.serverbackup.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.serverbackup.local.systemsmanager.ShellDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What shellcheck says of all shell; skipped, and shown as skipped, where it is not installed ({@code .ci/run} has it).
 */
class ShellCheckTest {
    @TempDir
    private Path scratch;

    private void check(String shell, List<String> files) throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "shellcheck is not installed: the shell parts are not linted");
        List<String> command = Stream.concat(Stream.of("shellcheck", "-s", shell), files.stream())
                .toList();
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(check.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(check.waitFor()).describedAs(said).isZero();
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "shellcheck")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "delete", "verify", "restore"})
    void the_documents_are_clean(String document) throws Exception {
        ShellDocument read = ShellDocument.read(document, ServerShell.DOCUMENTS.resolve(document + ".yaml"));
        Path script = scratch.resolve(document + ".sh");
        Files.writeString(script, read.script().replaceAll("\\{\\{[^}]*}}", "4711"));

        check("sh", List.of(script.toString()));
    }

    @Test
    void the_launcher_the_stand_ins_and_the_assembly_are_clean() throws Exception {
        check(
                "sh",
                List.of(
                        "documents/assemble",
                        "server-backup",
                        "src/local/commands/aws",
                        "src/local/commands/chef-automate",
                        "src/local/commands/date",
                        "src/local/commands/puppet-backup",
                        "src/local/commands/systemctl"));
    }

    @Test
    void the_script_that_checks_everything_is_clean() throws Exception {
        check("bash", List.of(".ci/run"));
    }
}
