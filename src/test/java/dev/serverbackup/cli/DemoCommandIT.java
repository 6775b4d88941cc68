package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serverbackup.local.LocalRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job: as a person starts it, a program with an exit code and two outputs; else without the process. */
class DemoCommandIT {
    private static final Path FLEET = Path.of("src/local/resources/fleet.json");

    private static final String READ = "size, SHA-256, pack and the archives in it";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @TempDir
    private Path folder;

    /** Without the instants of this run, which stand in ids, too. */
    private static String whatIsTheSameEachTime(String printed) {
        return printed.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "<instant>")
                .replaceAll("20\\d{15}", "<moment>");
    }

    /** From the question to what a second delivery does; the passes after that come at random times. */
    @Test
    void a_night_is_printed_as_the_docs_show_it() throws Exception {
        String page = Files.readString(Path.of("docs/local-cloud.md"));
        String[] shown = whatIsTheSameEachTime(
                        page.substring(page.indexOf("REQUEST"), page.indexOf("THE FOLLOW-UP, EVERY 5 MINUTES")))
                .split("\\(the audit table as it then is\\)", 2);

        InProcess program = run(Path.of("events/scheduled.json"), FLEET, "opsworks-cm");

        assertThat(whatIsTheSameEachTime(program.out()))
                .startsWith("\n" + shown[0] + "AUDIT TABLE")
                .contains(shown[1]);
        assertThat(program.err()).isEmpty();
        assertThat(program.code()).isZero();
    }

    @Test
    void as_json_there_is_one_document_the_log_is_elsewhere_and_no_folder_of_servers_stays() throws Exception {
        try (Program program = Program.start(folder, "demo", "--event=events/direct.json", "--json")) {
            JsonNode report = JSON.readTree(program.printed());

            assertThat(program.exitCode()).isZero();
            assertThat(report.path("runId").asText()).isEqualTo("before-upgrade-2026-11-22");
            assertThat(report.path("counts").path("STARTED").asInt()).isEqualTo(2);
            assertThat(program.complaints()).isEmpty();
            assertThat(Files.readAllLines(Path.of("target/local-run.log")))
                    .extracting(line -> JSON.readTree(line).path("runId").textValue())
                    .contains("before-upgrade-2026-11-22");
            assertThat(Path.of("target/servers"))
                    .isDirectoryNotContaining(
                            "glob:**/%d*".formatted(program.process().pid()));
        }
    }

    @Test
    void on_instances_what_lies_on_disk_is_as_audited_and_read_back_and_a_server_is_restored() {
        InProcess program = run(Path.of("events/scheduled.json"), FLEET, "systems-manager");

        String printed = program.out();
        assertThat(section("ARTEFACTS ON DISK", printed))
                .hasSize(1 + 4)
                .element(0, STRING)
                .matches("  ARTEFACT +BYTES  SHA-256 ON DISK +IN THE AUDIT TABLE");
        assertThat(section("ARTEFACTS ON DISK", printed).skip(1))
                .allMatch(line ->
                        line.matches("  m?i-0a1b2c3d4e5f6000[1-4]-20\\d{15}\\.tar +\\d{5}  [0-9a-f]{64}  the same"));
        assertThat(section("REDELIVERY", printed)).contains("  new backups made: 0");
        assertThat(printed.lines())
                .contains(
                        "  InvalidStateException (i-0a1b2c3d4e5f60007 (lost) and 1 more)",
                        "  ResourceNotFoundException (i-0a1b2c3d4e5f60009 (just-terminated) and 1 more)",
                        "  ValidationException (i-0a1b2c3d4e5f60006 (mistyped))");
        assertThat(section("VERIFICATION AND RESTORE", printed))
                .containsExactly(
                        "  SERVER                RESULT  WHAT WAS CHECKED",
                        "  i-0a1b2c3d4e5f60001   PASSED  " + READ + ", backup and bootstrap bundle",
                        "  i-0a1b2c3d4e5f60004   PASSED  " + READ,
                        "  mi-0a1b2c3d4e5f60002  PASSED  " + READ + ", backup and secret keys",
                        "  mi-0a1b2c3d4e5f60003  PASSED  " + READ + ", restore-test");
        assertThat(printed)
                .containsPattern("the verification of i-0a1b2c3d4e5f60004: FAILED\n  the artefact at \\S+ has another"
                        + " SHA-256 than the audit says\n")
                .contains("  restore   SUCCEEDED\n  wiki/pages.sql is identical\n");
        assertThat(program.err()).isEmpty();
        assertThat(program.code()).isZero();
    }

    /** The lines below a heading, up to the next empty line. */
    private static Stream<String> section(String heading, String printed) {
        return printed.lines().dropWhile(line -> !line.equals(heading)).skip(1).takeWhile(line -> !line.isEmpty());
    }

    private static InProcess run(Path event, Path fleet, String backend) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new LocalRun(event, false, fleet, backend)
                .run(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new InProcess(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_dry_run_has_no_follow_up() {
        InProcess program = run(Path.of("events/dry-run.json"), FLEET, "opsworks-cm");

        assertThat(program.out().lines())
                .anyMatch(line -> line.startsWith("  event     events/dry-run.json ("))
                .contains("REDELIVERY", "  new backups made: 0")
                .noneMatch(line -> line.startsWith("THE FOLLOW-UP"));
        assertThat(program.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        nightly.json | {} | opsworks-cm | 2 | The event could not be run: there is no event file EVENT; events/ has samples
        direct.json  | {} | ssm         | 2 | The event could not be run: --backend is opsworks-cm or systems-manager, not "ssm"
        direct.json  | {"faults": [{"operation": "CreatBackup", "fault": "SLOW", "delay": "PT1S"}]} | opsworks-cm | 2 | \
        The event could not be run: faults[0].operation: there is no operation 'CreatBackup'; did you mean CreateBackup?
        direct.json  | \uFEFF{} | opsworks-cm | 2 | The event could not be run: FLEET: begins with a byte order mark (BOM)
        scheduled.json | {"faults": [{"operation": "GetResources", "fault": "ACCESS_DENIED"}]} | opsworks-cm | 1 | \
        The function failed with ServersUnavailableException. Lambda would try again, and then send the event to the \
        on-failure queue.
        """)
    void what_can_not_be_run_or_fails_is_reported_without_a_stack_trace(
            String event, String json, String backend, int code, String complaint) throws IOException {
        Path file = Path.of("events", event);
        Path fleet = Files.writeString(folder.resolve("fleet.json"), json);

        InProcess program = run(file, fleet, backend);

        assertThat(program.code()).isEqualTo(code);
        assertThat(program.err())
                .startsWith(complaint.replace("EVENT", file.toString()).replace("FLEET", fleet.toString()))
                .doesNotContain("\tat ");
        assertThat(program.out()).isEmpty();
    }

    @Test
    void an_event_that_is_refused_exits_with_1_and_names_the_property() throws Exception {
        Path event = Files.writeString(
                folder.resolve("event.json"), "{\"detail\": {\"requestId\": \"typo\", \"selector\": {\"tag\": {}}}}");

        assertThat(run(event, FLEET, "opsworks-cm")).isEqualTo(new InProcess(1, "", """
            The event is refused, and nothing was called or written.
              detail.selector.tag: is unknown; did you mean `tags`? allowed are all, excludeTags, serverNames, tags
            """));
    }
}
