package dev.serverbackup.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.FunctionVariables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the function writes at its least level to standard output, where Lambda takes a line for a log event. */
class LogLinesIT {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** What would end a line, a string or an object, turn colours on, or pass for a line of its own. */
    private static final String HOSTILE = "\n{\"level\":\"FATAL\"}\r\n\u0000\u001b[31m\u0085\u2028\u2029\"}}\\";

    private static final String TAG = "value-of-a-tag" + HOSTILE;
    private static final String DESCRIPTION = "why-it-is-backed-up" + HOSTILE;
    private static final String SECRET_KEY = "secret-key-of-the-function";
    private static final String SESSION_TOKEN = "session-token-of-the-function";

    private static final Fleet FLEET = Fleet.of(
                    FleetServer.named("alpha").tagged("Backup", TAG),
                    FleetServer.named("bravo").tagged("Backup", TAG).gone())
            .taking(new Durations(Duration.ZERO, Duration.ZERO, Duration.ZERO))
            .unthrottled();

    private static FunctionProcess start(LocalCloud cloud) throws Exception {
        Map<String, String> variables = new HashMap<>(FunctionVariables.of(cloud));
        variables.put("POWERTOOLS_LOG_LEVEL", "TRACE");
        variables.put("AWS_LAMBDA_LOG_LEVEL", "TRACE");
        variables.put("AWS_SECRET_ACCESS_KEY", SECRET_KEY);
        variables.put("AWS_SESSION_TOKEN", SESSION_TOKEN);
        return FunctionProcess.start(variables);
    }

    /** The first run goes well; what the audit could not take of the second is logged so that its entry can be mended. */
    @Test
    void each_line_is_an_object_that_names_run_and_server_and_holds_no_tag_description_or_credential()
            throws Exception {
        FunctionProcess.assumeRuntimeRunsHere();
        try (LocalCloud cloud = LocalCloud.start(FLEET);
                FunctionProcess function = start(cloud)) {
            assertThat(function.invoke(event("release-4711"))).isInstanceOf(Answer.Result.class);
            assertThat(ours(function, "release-4711"))
                    .extracting(line -> line.at("/serverName").textValue() + " "
                            + line.at("/status").textValue())
                    .containsExactlyInAnyOrder(
                            "alpha CALLING", "alpha STARTED", "bravo CALLING", "bravo FAILED", "* RUNNING");

            var alphas = CallPattern.of("CreateBackup").to("alpha");
            cloud.aws().faults().next(1, alphas, new Fault.HoldAnswer(() -> loseTheTable(cloud)));
            assertThat(function.invoke(event("release-4712"))).isInstanceOf(Answer.Failure.class);
            assertThat(ours(function, "release-4712"))
                    .filteredOn(line -> line.at("/serverName").textValue().equals("alpha"))
                    .last()
                    .satisfies(line -> {
                        assertThat(line.at("/status").textValue()).isEqualTo("STARTED");
                        assertThat(line.at("/backupId").textValue())
                                .isEqualTo(
                                        cloud.aws().backups("alpha").getFirst().id());
                    });

            // Not through what the SDK and its HTTP client print of requests, either.
            assertThat(function.lines())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line)
                            .doesNotContain("value-of-a-tag", "why-it-is-backed-up", SECRET_KEY, SESSION_TOKEN));
        }
    }

    private static void loseTheTable(LocalCloud cloud) {
        cloud.dynamoDb().client().deleteTable(table -> table.tableName(LocalCloud.AUDIT_TABLE));
    }

    private static String event(String run) throws Exception {
        var event = JSON.createObjectNode();
        var detail = event.putObject("detail").put("requestId", run).put("description", DESCRIPTION);
        detail.putObject("selector").putObject("tags").putArray("Backup");
        return JSON.writeValueAsString(event);
    }

    /** Every line is an object; those of metrics and of the runtime itself are not ours. */
    private static List<JsonNode> ours(FunctionProcess function, String run) throws Exception {
        List<JsonNode> ours = new ArrayList<>();
        for (String line : function.lines()) {
            JsonNode object = JSON.readTree(line);
            assertThat(object.isObject()).as(line).isTrue();
            if (!object.has("_aws") && !object.has("AWSRequestId")) {
                assertThat(object.at("/runId").textValue()).as(line).startsWith("release-");
                assertThat(object.at("/serverName").textValue()).as(line).isIn("alpha", "bravo", "*");
                ours.add(object);
            }
        }
        ours.removeIf(line -> !line.at("/runId").textValue().equals(run));
        return ours;
    }
}
