package dev.serverbackup.documents;

import static dev.serverbackup.documents.ServerShell.ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script may restart its service, which then inherits from a command of an agent whatever it is not spared. */
@Timeout(120)
class ServicesOfScriptsTest extends OnAServer {

    @AfterEach
    void the_service_is_stopped() throws Exception {
        if (Files.exists(root.resolve("service"))) {
            ProcessHandle.of(Long.parseLong(
                            Files.readString(root.resolve("service")).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private void starts(String service) {
        server.script(
                "backup",
                "[ -e \"$SERVER_ROOT/service\" ] || { setsid sleep 600 " + service
                        + " & echo $! >\"$SERVER_ROOT/service\"; }\n"
                        + "echo data >\"$1/dump.sql\"");
    }

    private boolean runs() throws IOException {
        return ProcessHandle.of(
                        Long.parseLong(Files.readString(root.resolve("service")).strip()))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"</dev/null >/dev/null 2>&1", "", "8>&2"})
    void a_service_that_a_script_leaves_running_holds_up_neither_this_nor_the_next(String redirections)
            throws IOException {
        starts(redirections);
        long begun = System.nanoTime();

        server.backup("generic");
        server.with("backupId", OTHER_ID).backup("generic");
        assertThat(server.run("delete").code()).isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(50));
        assertThat(runs()).isTrue();
        assertThat(server.below("artefacts")).containsExactly(ID + ".tar");
    }

    @Test
    void a_script_gets_no_descriptor_but_the_three() {
        server.script("backup", "ls /proc/self/fd >\"$1/descriptors\"; readlink /proc/self/fd/0 >&2");

        assertThat(server.run("generic").complaints()).isEqualTo("/dev/null\n");
        // 3 is the directory that ls reads.
        assertThat(content("descriptors")).containsExactly("0", "1", "2", "3");
    }

    @Test
    void a_script_has_the_mask_the_directory_and_the_environment_of_a_service() {
        server.variable("NOTIFY_SOCKET", "/run/agent")
                .variable("INVOCATION_ID", "1")
                .script(
                        "backup",
                        "{ umask; pwd; env | grep -c -e NOTIFY_SOCKET -e INVOCATION_ID || true; } >\"$1/found\"");

        server.run("generic");

        assertThat(content("found")).containsExactly("0022", "/", "0");
    }

    /** An agent that was restarted reads no more. */
    @Test
    void a_backup_is_finished_when_nobody_reads_what_it_prints() throws Exception {
        server.script("backup", "read -r go <\"$SERVER_ROOT/gate\"; echo chatter; echo data >\"$1/dump.sql\"");
        server.does("mkfifo gate");
        Process command = server.starting("generic", "").start();
        command.getInputStream().close();
        command.getErrorStream().close();
        Files.writeString(root.resolve("gate"), "go\n");

        assertThat(command.waitFor()).isZero();

        assertThat(server.below("artefacts")).containsExactly(ID + ".tar");
        assertThat(server.below("state/work")).isEmpty();
    }

    private List<String> content(String name) {
        return server.does("tar -xOf %s ./%s".formatted(artefact(), name));
    }
}
