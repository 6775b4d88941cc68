package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job as a person starts it: a program with an exit code and two outputs. */
class DemoCommandIT {
    private static final String FLEET = "src/local/resources/fleet.json";

    private static final String READ = "size, SHA-256, pack and the archives in it";

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

    @Test
    void a_backend_that_there_is_not_is_named_with_those_that_there_are() throws Exception {
        try (Program program = Program.start(folder, "demo", "--backend=ssm")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.complaints())
                    .isEqualTo(
                            "The event could not be run: --backend is opsworks-cm or systems-manager, not \"ssm\"\n");
        }
    }

    @Test
    void on_instances_what_lies_on_disk_is_what_the_audit_table_says() throws Exception {
        try (Program program = Program.start(folder, "demo", "--backend", "systems-manager")) {
            String printed = program.printed();

            assertThat(section("WHAT LIES ON DISK", printed))
                    .hasSize(1 + 4)
                    .element(0, STRING)
                    .matches("  ARTEFACT +BYTES  SHA-256 ON DISK +IN THE AUDIT TABLE");
            assertThat(section("WHAT LIES ON DISK", printed).skip(1))
                    .allMatch(line -> line.matches(
                            "  m?i-0a1b2c3d4e5f6000[1-4]-20\\d{15}\\.tar +\\d{5}  [0-9a-f]{64}  the same"));
            assertThat(section("REDELIVERY", printed)).contains("  new backups made: 0");
            assertThat(printed.lines())
                    .contains(
                            "  InvalidStateException (i-0a1b2c3d4e5f60007 (lost) and 1 more)",
                            "  ResourceNotFoundException (i-0a1b2c3d4e5f60009 (just-terminated) and 1 more)",
                            "  ValidationException (i-0a1b2c3d4e5f60006 (mistyped))");
            assertThat(program.exitCode()).isZero();
            assertThat(program.complaints()).isEmpty();
        }
    }

    @Test
    void on_instances_artefacts_are_read_back_a_spoiled_one_is_found_and_a_server_is_restored() throws Exception {
        try (Program program = Program.start(folder, "demo", "--backend", "systems-manager")) {
            String printed = program.printed();

            assertThat(section("WHAT WAS READ BACK", printed))
                    .containsExactly(
                            "  SERVER                RESULT  WHAT WAS CHECKED",
                            "  i-0a1b2c3d4e5f60001   PASSED  " + READ + ", backup and bootstrap bundle",
                            "  i-0a1b2c3d4e5f60004   PASSED  " + READ,
                            "  mi-0a1b2c3d4e5f60002  PASSED  " + READ + ", backup and secret keys",
                            "  mi-0a1b2c3d4e5f60003  PASSED  " + READ + ", restore-test");
            assertThat(printed)
                    .containsPattern(
                            "the verification of i-0a1b2c3d4e5f60004: FAILED\n  the artefact at \\S+ has another"
                                    + " SHA-256 than the audit says\n")
                    .contains("  restore   SUCCEEDED\n  wiki/pages.sql is byte for byte as it was\n");
            assertThat(program.exitCode()).isZero();
        }
    }

    /** The lines below a heading, up to the next empty line. */
    private static Stream<String> section(String heading, String printed) {
        return printed.lines().dropWhile(line -> !line.equals(heading)).skip(1).takeWhile(line -> !line.isEmpty());
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
        List<String> arguments = new ArrayList<>(List.of("demo", "--event=" + event, "--fleet=" + fleet));
        if (json.equals("true")) {
            arguments.add("--json");
        }
        return Program.start(folder, arguments.toArray(String[]::new));
    }

    private String fleet(String json) throws IOException {
        return written("fleet.json", json).toString();
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
