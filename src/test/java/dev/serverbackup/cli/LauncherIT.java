package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./server-backup} as a shell runs it, on what the build has put together. */
class LauncherIT {
    private static final Path LAUNCHER = Path.of("server-backup").toAbsolutePath();

    @TempDir
    private Path folder;

    private InProcess run(Path launcher, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(launcher.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new InProcess(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void it_runs_from_anywhere_through_a_link_past_a_java_that_is_too_old_and_in_the_locale_c_in_utf_8()
            throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("sb"), LAUNCHER);
        Path old = Files.createDirectories(folder.resolve("old/bin"));
        Files.writeString(old.resolveSibling("release"), "JAVA_VERSION=\"17.0.1\"\n");
        Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 1\n");
        assertThat(old.resolve("java").toFile().setExecutable(true)).isTrue();

        InProcess explained = run(
                link, Map.of("LC_ALL", "C", "JAVA_HOME", folder.resolve("old").toString()), "explain", "NotSent");

        assertThat(explained.out()).contains("AWS_ENDPOINT_URL_…");
        assertThat(explained.err()).isEmpty();
        assertThat(explained.code()).isZero();
    }

    @Test
    void its_exit_code_is_the_programs() throws Exception {
        assertThat(run(LAUNCHER, Map.of(), "nigt")).isEqualTo(new InProcess(2, "", """
            Unmatched argument at index 0: 'nigt'; did you mean night?
            server-backup help shows the commands
            """));
    }

    @Test
    void what_is_asked_for_the_class_cache_has_answers() throws IOException {
        assertThat(Training.ask()).hasSize(10).isSubsetOf(ServerBackup.OK, ServerBackup.PROBLEM_FOUND);
    }

    @Test
    void each_command_has_a_man_page() {
        Path pages = Path.of("target/server-backup/man/man1");

        assertThat(ServerBackup.commandNames())
                .allSatisfy(name -> assertThat(pages.resolve("server-backup-" + name + ".1"))
                        .isNotEmptyFile());
    }

    @Test
    void the_completion_that_it_prints_is_a_script_for_bash() throws Exception {
        InProcess completion = InProcess.run(Instant.EPOCH.toString(), "generate-completion");
        Path script = Files.writeString(folder.resolve("completion"), completion.out());

        assertThat(new ProcessBuilder("bash", "-n", script.toString()).start().waitFor())
                .isZero();
        assertThat(completion.out()).contains("_complete_server-backup");
    }
}
