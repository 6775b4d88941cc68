package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job as a person starts it: a program with an exit code and two outputs. */
class LocalRunIT {
    private static final String FLEET = "src/local/resources/fleet.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @TempDir
    private Path folder;

    /** From the question to what a second delivery does; the passes after that come at random times. */
    private static String shownInTheDocs() throws IOException {
        String page = Files.readString(Path.of("docs/local-cloud.md"));
        return page.substring(page.indexOf("WHAT WAS ASKED"), page.indexOf("THE FOLLOW-UP, EVERY 5 MINUTES"));
    }

    /** Without the instants of this run, which stand in ids, too. */
    private static String whatIsTheSameEachTime(String printed) {
        return printed.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "<instant>")
                .replaceAll("20\\d{15}", "<moment>");
    }

    @Test
    void a_night_is_told_as_the_docs_show_it() throws Exception {
        try (Program program = run("events/scheduled.json", "false", FLEET)) {
            String printed = whatIsTheSameEachTime(program.printed());
            String[] shown = whatIsTheSameEachTime(shownInTheDocs()).split("\\(the audit table as it then is\\)", 2);
            assertThat(printed)
                    .startsWith("\n" + shown[0] + "WHAT THE AUDIT TABLE HOLDS")
                    .contains(shown[1]);
            assertThat(program.exitCode()).isZero();
            assertThat(program.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-demand.json", "scheduler.json", "direct.json", "by-name.json", "dry-run.json"})
    void every_sample_event_runs(String event) throws Exception {
        try (Program program = run("events/" + event, "false", FLEET)) {
            assertThat(program.printed().lines())
                    .anyMatch(line -> line.startsWith("  event     events/" + event + " ("))
                    .contains("REDELIVERY", "  new backups made: 0");
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    void as_json_there_is_one_document_and_the_log_is_elsewhere() throws Exception {
        try (Program program = run("events/direct.json", "true", FLEET)) {
            JsonNode report = JSON.readTree(program.printed());

            assertThat(program.exitCode()).isZero();
            assertThat(report.path("runId").asText()).isEqualTo("before-upgrade-2026-11-22");
            assertThat(report.path("counts").path("STARTED").asInt()).isEqualTo(2);
            assertThat(program.complaints()).isEmpty();
            assertThat(Files.readAllLines(Path.of("target/local-run.log")))
                    .extracting(line -> JSON.readTree(line).path("runId").textValue())
                    .contains("before-upgrade-2026-11-22");
        }
    }

    @Test
    void an_event_that_is_not_there_is_named_and_exits_with_2() throws Exception {
        try (Program program = run("events/nightly.json", "false", FLEET)) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.complaints())
                    .isEqualTo("The event could not be run: there is no event file events/nightly.json;"
                            + " events/ has samples\n");
            assertThat(program.printed()).isEmpty();
        }
    }

    @Test
    void a_fleet_that_is_none_is_named_and_exits_with_2() throws Exception {
        try (Program program = run("events/direct.json", "false", fleet("{\"server\": []}"))) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.complaints())
                    .startsWith("The event could not be run: server: is not a property here; did you mean servers?");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"servers": [}     | line 1, column 14: this is not valid JSON
        {"faults": [{"operation": "CreatBackup", "fault": "SLOW", "delay": "PT1S"}]} | faults[0].operation: \
        there is no operation 'CreatBackup'; did you mean CreateBackup?
        """)
    void a_fleet_with_a_mistake_is_one_clear_line(String json, String message) throws Exception {
        try (Program program = run("events/direct.json", "false", fleet(json))) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.complaints()).isEqualTo("The event could not be run: " + message + "\n");
        }
    }

    @Test
    void a_byte_order_mark_is_called_one() throws Exception {
        String fleet = fleet("\uFEFF{}");

        try (Program program = run("events/direct.json", "false", fleet)) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.complaints())
                    .isEqualTo("The event could not be run: " + fleet
                            + ": begins with a byte order mark (BOM); save it as UTF-8 without one\n");
        }
    }

    @Test
    void a_function_that_fails_is_told_as_lambda_would_without_a_stack_trace() throws Exception {
        String refused = "{\"faults\": [{\"operation\": \"GetResources\", \"fault\": \"ACCESS_DENIED\"}]}";

        try (Program program = run("events/scheduled.json", "false", fleet(refused))) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.complaints()).matches("""
                The function failed with ServersUnavailableException\\. Lambda would try again, and then \
                send the event to the on-failure queue\\.
                  the servers' tags could not be read: User: arn:aws:iam::123456789012:user/local is not \
                authorized\\. \\(Service: ResourceGroupsTaggingApi, .*\\)
                  The function's log lines are in target/local-run\\.log\\.
                """);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        --json=maybe             | -Djson is a switch: -Djson alone, or true or false, not "maybe"
        --event=true             | -Devent needs a value: -Devent=…
        --backend=ssm            | -Dbackend is opsworks-cm or systems-manager, not "ssm"
        --given={evnt=x}         | there is no option -Devnt here; did you mean -Devent?
        """)
    void an_option_that_is_mistyped_is_named_and_exits_with_2(String option, String message) throws Exception {
        try (Program program = Program.start(
                folder, LocalRun.class, "--event=events/direct.json", "--fleet=" + FLEET, "--json=false", option)) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.complaints()).isEqualTo("The event could not be run: " + message + "\n");
        }
    }

    @Test
    void it_leaves_no_folder_of_its_servers_behind() throws Exception {
        try (Program program = run("events/direct.json", "true", FLEET)) {
            assertThat(program.exitCode()).isZero();
            assertThat(Path.of("target/servers"))
                    .isDirectoryNotContaining(
                            "glob:**/%d*".formatted(program.process().pid()));
        }
    }

    @Test
    void an_event_that_is_refused_exits_with_1_and_names_the_property() throws Exception {
        Path event = written("event.json", "{\"detail\": {\"requestId\": \"typo\", \"selector\": {\"tag\": {}}}}");

        try (Program program = run(event.toString(), "false", FLEET)) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.complaints())
                    .isEqualTo("The event is refused, and nothing was called or written.\n"
                            + "  detail.selector.tag: is unknown; did you mean `tags`? allowed are all,"
                            + " excludeTags, serverNames, tags\n");
            assertThat(program.printed()).isEmpty();
        }
    }

    private Program run(String event, String json, String fleet) throws IOException {
        return Program.start(folder, LocalRun.class, "--event=" + event, "--json=" + json, "--fleet=" + fleet);
    }

    private String fleet(String json) throws IOException {
        return written("fleet.json", json).toString();
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
