package dev.serverbackup.local.systemsmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Samples;
import dev.serverbackup.local.systemsmanager.Instance.Standing;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of commands on instances that come and go. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the documents are for Linux servers")
class RunCommandTest {
    private static final Instance WIKI = Instance.online("i-0123456789abcdef0", Map.of());
    private static final Map<String, List<String>> DELETION =
            Map.of("backupId", List.of("i-0123456789abcdef0-20260301020001500"), "destination", List.of("/nowhere"));

    @TempDir
    private Path scratch;

    @Test
    void a_command_waits_for_an_agent_that_is_lost() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (RunCommand commands = new RunCommand(
                InstantSource.fixed(Samples.TWO_O_CLOCK),
                scratch,
                Path.of("src/local/commands"),
                changed -> told.add(changed.status()))) {
            SampleDocuments.into(commands);
            commands.put(WIKI.in(Standing.OFFLINE));
            commands.send(WIKI.in(Standing.OFFLINE), commands.document("delete").orElseThrow(), "", DELETION);
            assertThat(told).containsExactly("Pending");

            commands.put(WIKI);
            commands.awaitEnd(WIKI.id());

            assertThat(told).containsExactly("Pending", "InProgress", "Success");
        }
    }
}
