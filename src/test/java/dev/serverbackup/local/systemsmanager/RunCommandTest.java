package dev.serverbackup.local.systemsmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.Samples;
import dev.serverbackup.local.systemsmanager.Instance.Standing;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of commands on instances that come and go, and of what they bring to S3. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the documents are for Linux servers")
class RunCommandTest {
    private static final Instance WIKI = Instance.online("i-0123456789abcdef0", Map.of());
    private static final String BACKUP_ID = WIKI.id() + "-20260301020001500";

    @TempDir
    private Path scratch;

    private RunCommand started(Consumer<SentCommand> listener) {
        RunCommand commands = new RunCommand(
                InstantSource.fixed(Samples.TWO_O_CLOCK), scratch, Path.of("src/local/commands"), listener);
        SampleDocuments.into(commands);
        return commands;
    }

    @Test
    void a_command_waits_for_an_agent_that_is_lost() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (RunCommand commands = started(changed -> told.add(changed.status()))) {
            commands.put(WIKI.in(Standing.OFFLINE));
            commands.send(
                    WIKI.in(Standing.OFFLINE),
                    commands.document("delete").orElseThrow(),
                    "",
                    Map.of("backupId", List.of(BACKUP_ID), "destination", List.of("/nowhere")));
            assertThat(told).containsExactly("Pending");

            commands.put(WIKI);
            commands.awaitEnd(WIKI.id());

            assertThat(told).containsExactly("Pending", "InProgress", "Success");
        }
    }

    private JsonNode answer(Instance instance, String document, Map<String, List<String>> parameters) throws Exception {
        try (RunCommand commands = started(_ -> {})) {
            commands.put(instance);
            commands.send(instance, commands.document(document).orElseThrow(), "", parameters);
            commands.awaitEnd();
            ObjectNode ended = commands.commands().getFirst().invocation();
            assertThat(ended.path("Status").textValue()).as(ended.toString()).isEqualTo("Success");
            return new ObjectMapper()
                    .readTree(ended.path("StandardOutputContent").textValue());
        }
    }

    @Test
    void what_one_server_has_put_into_s3_another_finds_after_a_restart() throws Exception {
        var place = new TreeMap<>(Map.of(
                "backupId", List.of(BACKUP_ID),
                "destination", List.of("s3://backups/servers"),
                "engine", List.of("chef-automate"),
                "spareKilobytes", List.of("0")));
        var described = new TreeMap<>(place);
        described.put("description", List.of("bmlnaHRseQ"));

        JsonNode backup = answer(WIKI, "backup", described);
        List.of("size", "sha256")
                .forEach(name -> place.put(name, List.of(backup.path(name).asText())));
        JsonNode verified = answer(Instance.online("i-0fffffffffffffff0", Map.of()), "verify", place);

        assertThat(verified.path("verified")).isEqualTo(backup.path("artefact"));
        assertThat(verified.path("sha256")).isEqualTo(backup.path("sha256"));
    }
}
