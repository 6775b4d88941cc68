package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.EventReader;
import dev.serverbackup.request.SelectorReader;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The recipes of docs/requests.md and docs/first-day.md, as they are printed, make requests that are accepted. */
class RequestRecipesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAGE = DocumentPage.read("docs/requests.md").text();
    private static final String TWO_O_CLOCK = "2026-11-22T02:00:00Z";

    @Test
    void step_functions_names_the_run_by_its_execution() throws IOException {
        JsonNode machine = JSON.readTree(found("```json\n(\\{[^`]*arn:aws:states[^`]*)```"));
        JsonNode state = machine.at("/States").get(machine.at("/StartAt").textValue());
        String payload = state.at("/Parameters/Payload").toString();
        String execution = "6a7e8feb-b491-4cf7-a9f1-bf3703467718_0f5ff1c8-2b6c-46c1-8d6e-3f9a4b7c5d21";

        BackupRequest request = accepted(
                payload.replace("\"requestId.$\":\"$$.Execution.Name\"", "\"requestId\":\"" + execution + "\""));

        assertThat(request.runId()).hasToString(execution);
    }

    @Test
    void the_scheduler_names_the_run_by_its_slot() throws IOException {
        JsonNode target = JSON.readTree(found("--target '(\\{[^']*aws\\.scheduler[^']*)'"));
        String input =
                Filled.template(target.at("/Input").textValue(), Map.of("aws.scheduler.scheduled-time", TWO_O_CLOCK));

        assertThat(accepted(input).runId()).hasToString("nightly-berlin-" + TWO_O_CLOCK);
    }

    @Test
    void a_workflow_puts_a_request_on_the_bus() throws IOException {
        JsonNode entry = JSON.readTree(
                        found("aws events put-events --entries '(\\[[^']*Server Backup Requested[^']*)'"))
                .get(0);

        assertThat(accepted("{\"detail\": " + entry.at("/Detail").textValue() + "}")
                        .runId())
                .hasToString("release-4711");
    }

    @Test
    void the_first_backup_names_an_instance() {
        String event = DocumentPage.read("docs/first-day.md").json().getFirst().toString();

        assertThat(accepted(event).selector().serverNames()).hasToString("[i-0123456789abcdef0]");
    }

    private static String found(String pattern) {
        Matcher recipe = Pattern.compile(pattern, Pattern.DOTALL).matcher(PAGE);
        assertThat(recipe.find()).as(pattern).isTrue();
        return recipe.group(1);
    }

    private static BackupRequest accepted(String event) {
        return new EventReader(SelectorReader.fromJson("{\"all\": true}"), 1000, "server-backup")
                .read(EventFile.parse(event), "invocation");
    }
}
