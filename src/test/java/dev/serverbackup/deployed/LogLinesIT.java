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
import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.FunctionVariables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the function writes at its least level to standard output, where Lambda takes a line for a log event. */
class LogLinesIT {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String RUN = "release-4711";
    /** What would end a line, a string or an object, turn colours on, or pass for a line of its own. */
    private static final String HOSTILE = "\n{\"level\":\"FATAL\"}\r\n\u0000\u001b[31m\u0085\u2028\u2029\"}}\\";

    private static final String TAG = "value-of-a-tag" + HOSTILE;
    private static final String DESCRIPTION = "why-it-is-backed-up" + HOSTILE;
    private static final String SECRET_KEY = "secret-key-of-the-function";
    private static final String SESSION_TOKEN = "session-token-of-the-function";

    private LocalCloud cloud;
    private FunctionProcess function;

    @BeforeAll
    static void assume() {
        FunctionProcess.assumeRuntimeRunsHere();
    }

    @BeforeEach
    void start() throws Exception {
        cloud = LocalCloud.start(Fleet.of(
                        FleetServer.named("alpha").tagged("Backup", TAG),
                        FleetServer.named("bravo").tagged("Backup", TAG).gone())
                .unthrottled());
        Map<String, String> variables = new HashMap<>(FunctionVariables.of(cloud));
        variables.put("POWERTOOLS_LOG_LEVEL", "TRACE");
        variables.put("AWS_LAMBDA_LOG_LEVEL", "TRACE");
        variables.put("AWS_SECRET_ACCESS_KEY", SECRET_KEY);
        variables.put("AWS_SESSION_TOKEN", SESSION_TOKEN);
        function = FunctionProcess.start(variables);
    }

    @AfterEach
    void stop() throws Exception {
        function.close();
        cloud.close();
    }

    @Test
    void each_line_of_a_run_is_an_object_that_names_the_run_and_the_server() throws Exception {
        assertThat(function.invoke(event())).isInstanceOf(Answer.Result.class);

        assertThat(ours())
                .extracting(line -> line.at("/serverName").textValue() + " "
                        + line.at("/status").textValue())
                .containsExactlyInAnyOrder(
                        "alpha CALLING", "alpha STARTED", "bravo CALLING", "bravo FAILED", "* RUNNING");
    }

    @Test
    void what_the_audit_could_not_take_is_logged_so_that_the_entry_can_be_mended() throws Exception {
        var alphas = CallPattern.of("CreateBackup").to("alpha");
        cloud.aws().faults().next(1, alphas, new Fault.HoldAnswer(this::loseTheTable));

        assertThat(function.invoke(event())).isInstanceOf(Answer.Failure.class);

        assertThat(ours())
                .filteredOn(line -> line.at("/serverName").textValue().equals("alpha"))
                .last()
                .satisfies(line -> {
                    assertThat(line.at("/status").textValue()).isEqualTo("STARTED");
                    assertThat(line.at("/backupId").textValue())
                            .isEqualTo(cloud.aws().backups("alpha").getFirst().id());
                });
    }

    /** Through what the SDK and its HTTP client print of requests, too. */
    @Test
    void no_line_at_any_level_holds_a_tag_a_description_or_a_credential() throws Exception {
        var alphas = CallPattern.of("CreateBackup").to("alpha");
        cloud.aws().faults().next(1, alphas, new Fault.HoldAnswer(this::loseTheTable));

        assertThat(function.invoke(event())).isInstanceOf(Answer.Failure.class);

        assertThat(function.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain("value-of-a-tag", "why-it-is-backed-up", SECRET_KEY, SESSION_TOKEN));
    }

    private void loseTheTable() {
        cloud.dynamoDb().client().deleteTable(table -> table.tableName(LocalCloud.AUDIT_TABLE));
    }

    private static String event() throws Exception {
        var event = JSON.createObjectNode();
        var detail = event.putObject("detail").put("requestId", RUN).put("description", DESCRIPTION);
        detail.putObject("selector").putObject("tags").putArray("Backup");
        return JSON.writeValueAsString(event);
    }

    /** Every line is an object; those of metrics and of the runtime itself are not ours. */
    private List<JsonNode> ours() throws Exception {
        List<JsonNode> ours = new ArrayList<>();
        for (String line : function.lines()) {
            JsonNode object = JSON.readTree(line);
            assertThat(object.isObject()).as(line).isTrue();
            if (!object.has("_aws") && !object.has("AWSRequestId")) {
                assertThat(object.at("/runId").textValue()).as(line).isEqualTo(RUN);
                assertThat(object.at("/serverName").textValue()).as(line).isIn("alpha", "bravo", "*");
                ours.add(object);
            }
        }
        return ours;
    }
}
