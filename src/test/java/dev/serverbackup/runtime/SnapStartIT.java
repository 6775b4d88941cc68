package dev.serverbackup.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The function as SnapStart makes it: initialised, its hooks called, and restored; on the files that are deployed. */
class SnapStartIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENT = """
        {"detail": {"requestId": "release-4711", "selector": {"tags": {"Backup": []}}}}\
        """;

    private static LocalCloud cloud;
    private static FunctionProcess function;

    @BeforeAll
    static void start() throws Exception {
        FunctionProcess.assumeRuntimeRunsHere();
        cloud = LocalCloud.start(Fleet.of(
                        FleetServer.named("alpha").tagged("Backup", "nightly"),
                        FleetServer.named("bravo").tagged("Backup", "nightly"),
                        FleetServer.named("charlie").tagged("Backup", "nightly").gone())
                .unthrottled());
        Map<String, String> variables = new HashMap<>(FunctionVariables.of(cloud));
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        function = FunctionProcess.start(variables, Launch.of(Launch.SNAP_START));
    }

    @AfterAll
    static void stop() {
        if (function != null) {
            function.close();
        }
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void its_hooks_run_without_a_call_a_line_or_a_metric_and_then_it_answers_as_any_other() throws Exception {
        function.awaitReady();
        assertThat(cloud.aws().calls().all()).isEmpty();
        assertThat(function.lines()).isEmpty();

        Answer answer = function.invoke(EVENT);

        assertThat(answer).isInstanceOf(Answer.Result.class);
        JsonNode report = ((Answer.Result) answer).payload();
        assertThat(report.get("counts")).isEqualTo(JSON.readTree("{\"FAILED\": 1, \"STARTED\": 2}"));
        assertThat(function.lines()).noneMatch(line -> line.contains("priming"));
    }
}
