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
import org.junit.jupiter.params.provider.ValueSource;

/** The main job as a person starts it: a program with an exit code and two outputs. */
class LocalRunIT {
    private static final String FLEET = "src/local/resources/fleet.json";

    @TempDir
    private Path folder;

    @Test
    void a_night_meets_every_typed_error_and_a_second_delivery_makes_no_backup() throws Exception {
        try (Program program = run("events/scheduled.json", "false", FLEET)) {
            assertThat(program.printed())
                    .contains("InvalidStateException", "LimitExceededException")
                    .contains("ResourceNotFoundException", "ValidationException")
                    .contains("new backups made: 0");
            assertThat(program.exitCode()).isZero();
            assertThat(program.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-demand.json", "scheduler.json", "direct.json", "by-name.json", "dry-run.json"})
    void every_sample_event_runs(String event) throws Exception {
        try (Program program = run("events/" + event, "false", FLEET)) {
            assertThat(program.printed()).contains(event, "new backups made: 0");
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    void as_json_there_is_one_document_and_the_log_is_elsewhere() throws Exception {
        try (Program program = run("events/direct.json", "true", FLEET)) {
            JsonNode report = JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(program.printed());

            assertThat(program.exitCode()).isZero();
            assertThat(report.path("runId").asText()).isEqualTo("before-upgrade-2026-11-22");
            assertThat(report.path("counts").path("STARTED").asInt()).isEqualTo(2);
            assertThat(program.complaints().lines())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).startsWith("{"));
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
        Path fleet = written("fleet.json", "{\"server\": []}");

        try (Program program = run("events/direct.json", "false", fleet.toString())) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.complaints()).contains("server");
        }
    }

    @Test
    void an_event_that_is_refused_exits_with_1_and_names_the_property() throws Exception {
        Path event = written("event.json", "{\"detail\": {\"requestId\": \"typo\", \"selector\": {\"tag\": {}}}}");

        try (Program program = run(event.toString(), "false", FLEET)) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.complaints())
                    .startsWith("The event is refused, and nothing was called or written.")
                    .contains("detail.selector.tag", "`tags`");
            assertThat(program.printed()).isEmpty();
        }
    }

    private Program run(String event, String json, String fleet) throws IOException {
        return Program.start(folder, LocalRun.class, "--event=" + event, "--json=" + json, "--fleet=" + fleet);
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
