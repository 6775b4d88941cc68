package dev.serverbackup.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.AsynchronousInvocation;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.FunctionVariables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The function as it is deployed, in Lambda's own Java runtime: what its callers and its destination get. */
class RuntimeIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Fleet FLEET = Fleet.of(
                    server("chef-automate-prod-1", "nightly", "prod"),
                    server("chef-automate-staging", "nightly", "staging"),
                    server("puppet-master-eu", "hourly", "prod"))
            .unthrottled();
    private static final String MISSPELT = """
        {"detail": {"requestId": "misspelt", "selector": {"tag": {"Backup": []}}}}\
        """;
    private static final String WHY =
            "detail.selector.tag: is unknown; did you mean `tags`? allowed are all, excludeTags, serverNames, tags";

    @AutoClose
    private static FunctionProcess function;

    @AutoClose
    private static LocalCloud cloud;

    @BeforeAll
    static void start() throws Exception {
        FunctionProcess.assumeRuntimeRunsHere();
        cloud = LocalCloud.start(FLEET);
        function = FunctionProcess.start(FunctionVariables.of(cloud));
    }

    static Stream<String> samples() {
        return Stream.of(Path.of("events").toFile().list());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void each_sample_event_is_understood(String event) throws Exception {
        Answer answer = function.invoke(Files.readString(Path.of("events", event)));

        JsonNode report = ((Answer.Result) answer).payload();
        assertThat(report.at("/targets").intValue()).isPositive();
        assertThat(report.at("/servers")).hasSize(report.at("/targets").intValue());
    }

    @Test
    void a_request_refused_to_the_end_reaches_the_destination_and_nothing_else() throws Exception {
        int rows = rows();
        int calls = cloud.aws().calls().all().size();
        var lambda = new AsynchronousInvocation(function);

        JsonNode message = lambda.of(MISSPELT).orElseThrow();

        assertThat(lambda.invocations()).isEqualTo(3);
        assertThat(message.at("/requestContext/condition").textValue()).isEqualTo("RetriesExhausted");
        assertThat(message.at("/requestContext/approximateInvokeCount").intValue())
                .isEqualTo(3);
        assertThat(message.at("/requestPayload")).isEqualTo(JSON.readTree(MISSPELT));
        assertThat(message.at("/responsePayload/errorType").textValue())
                .isEqualTo("dev.serverbackup.request.InvalidRequestException");
        assertThat(message.at("/responsePayload/errorMessage").textValue()).isEqualTo(WHY);
        assertThat(rows()).isEqualTo(rows);
        assertThat(cloud.aws().calls().all()).hasSize(calls);
    }

    private static FleetServer server(String name, String backup, String environment) {
        return FleetServer.named(name).tagged("Backup", backup).tagged("Environment", environment);
    }

    private static int rows() {
        return cloud.dynamoDb()
                .client()
                .scan(all -> all.tableName(LocalCloud.AUDIT_TABLE).consistentRead(true))
                .count();
    }
}
