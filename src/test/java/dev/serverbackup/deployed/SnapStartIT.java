package dev.serverbackup.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.Call;
import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.FunctionVariables;
import dev.serverbackup.runtime.Launch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The function as SnapStart makes it: initialised, its hooks called, and restored; on the files that are deployed. */
class SnapStartIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENT = """
        {"detail": {"requestId": "release-4711", "selector": {"tags": {"Backup": []}}}}\
        """;

    private static final String REFUSED = """
        {"detail": {"requestId": "release-4712", "selector": {"tag": {}}}}\
        """;
    /** Of priming, beside a row of the audit table. */
    private static final List<String> READS = List.of("GetResources", "DescribeBackups");

    private static final Fleet FLEET = Fleet.of(
                    FleetServer.named("alpha").tagged("Backup", "nightly").tagged("Name", "Chef, Berlin"),
                    FleetServer.named("bravo").tagged("Backup", "nightly"),
                    FleetServer.named("charlie").tagged("Backup", "nightly").gone())
            .unthrottled();

    @Test
    void its_hooks_only_read_and_after_them_it_answers_as_a_function_that_was_never_primed() throws Exception {
        FunctionProcess.assumeRuntimeRunsHere();
        try (LocalCloud cloud = LocalCloud.start(FLEET);
                FunctionProcess primed = primed(cloud);
                LocalCloud other = LocalCloud.start(FLEET);
                FunctionProcess unprimed = FunctionProcess.start(FunctionVariables.of(other))) {
            primed.awaitReady();
            assertThat(cloud.aws().calls().all())
                    .extracting(Call::operation)
                    .containsExactlyInAnyOrderElementsOf(READS);
            assertThat(primed.lines()).as("no line and no metric").isEmpty();

            for (String event : List.of(EVENT, REFUSED, EVENT)) {
                assertThat(observed(primed.invoke(event, "1"))).isEqualTo(observed(unprimed.invoke(event, "1")));
            }
            assertThat(cloud.aws().calls().all())
                    .hasSize(READS.size() + other.aws().calls().all().size());
            assertThat(observed(primed.lines())).containsExactlyInAnyOrderElementsOf(observed(unprimed.lines()));
        }
    }

    private static FunctionProcess primed(LocalCloud cloud) throws Exception {
        Map<String, String> variables = new HashMap<>(FunctionVariables.of(cloud));
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return FunctionProcess.start(variables, Launch.of(Launch.SNAP_START));
    }

    /**
     * An answer without what is never twice the same: a backup's id holds the time, and an error's has a stack trace.
     */
    private static JsonNode observed(Answer answer) {
        JsonNode payload = switch (answer) {
            case Answer.Result(JsonNode result) -> result;
            case Answer.Failure(JsonNode failure) -> failure;
            case Answer.Exited exited -> throw new AssertionError(exited.toString());
        };
        payload.findParents("backupId").forEach(line -> ((ObjectNode) line).put("backupId", "some"));
        return payload;
    }

    /** What lines say, but for {@code cold_start}: to Powertools no restore is one. */
    private static List<String> observed(List<String> lines) throws JsonProcessingException {
        List<String> observed = new ArrayList<>();
        for (String line : lines) {
            JsonNode parsed = JSON.readTree(line);
            observed.add(Stream.of("level", "message", "serverName", "status")
                    .map(field -> parsed.path(field).asText())
                    .collect(Collectors.joining(" ")));
        }
        return observed;
    }
}
