package dev.serverbackup;

import static dev.serverbackup.local.fleet.FleetServer.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.Leads.UneasyTable;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.ErrorType;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.server.ServersUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a run prints: one JSON object a line, each log line with run and server, and its metrics. */
class LogAndMetricsIT {
    private static final CallPattern CREATE = CallPattern.of(LocalFunction.CREATE);

    private final String requestId = RequestEvents.newRequestId();
    private final ScheduledEvent event = RequestEvents.everyServer(requestId);
    private final UneasyTable table = new UneasyTable();
    private final PrintedLines printed = new PrintedLines();

    @RegisterExtension
    final LocalFunction function = LocalFunction.over(
                    named("accepted").tagged("Backup", "nightly"),
                    named("busy").tagged("Backup", "nightly").in(ServerStatus.UNDER_MAINTENANCE),
                    named("gone-1").tagged("Backup", "nightly").gone(),
                    named("gone-2").tagged("Backup", "nightly").gone(),
                    named("unwanted").tagged("Backup", "nightly").answering(refusal("no,\n\"never\" \u2028 again\t")))
            .leading(table::lead);

    @AfterEach
    void stop() {
        printed.close();
    }

    @Test
    void every_line_is_one_json_object() {
        function.deliver(event);

        assertThat(printed.lines())
                .hasSizeGreaterThan(12)
                .allSatisfy(
                        line -> assertThat(PrintedLines.json(line).isObject()).isTrue());
    }

    @Test
    void every_log_line_names_its_run_and_its_server() {
        function.deliver(event);

        assertThat(printed.logged()).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("runId").asText()).isEqualTo(requestId);
            assertThat(line.path("serverName").asText()).isIn("*", "accepted", "busy", "gone-1", "gone-2", "unwanted");
            assertThat(line.path("function_request_id").asText()).isNotBlank();
        });
    }

    @Test
    void each_change_of_an_entry_is_logged_with_its_status() {
        function.deliver(event);

        assertThat(printed.logged())
                .filteredOn(line -> line.path("serverName").asText().equals("gone-1"))
                .extracting(line -> line.path("status").asText())
                .containsExactly("CALLING", "FAILED");
        assertThat(printed.logged())
                .filteredOn(line -> line.path("status").asText().equals("FAILED"))
                .extracting(line -> line.path("errorType").asText())
                .containsExactlyInAnyOrder(
                        "ResourceNotFoundException", "ResourceNotFoundException", "ValidationException");
    }

    @Test
    void a_run_counts_its_targets_what_it_started_and_what_failed() {
        function.deliver(event);

        assertThat(printed.measured()).allSatisfy(line -> {
            assertThat(definition(line).path("Namespace").asText()).isEqualTo("ServerBackup");
            assertThat(line.path("Service").asText()).isEqualTo(Deployed.STACK);
        });
        JsonNode targets = printed.measured().getFirst();
        assertThat(namesIn(targets)).containsExactly("Targets");
        assertThat(targets.path("Targets").asInt()).isEqualTo(5);
        JsonNode counts = printed.measured().getLast();
        assertThat(namesIn(counts)).containsExactlyInAnyOrder("Started", "Succeeded", "Failed");
        assertThat(counts.path("Started").asInt()).isEqualTo(1);
        assertThat(counts.path("Failed").asInt()).isEqualTo(3);
    }

    @Test
    void failures_are_counted_by_type() {
        function.deliver(event);

        Map<String, Integer> byType = printed.measured().stream()
                .filter(line -> namesIn(line).equals(List.of("FailedByType")))
                .collect(Collectors.toMap(
                        line -> line.path("errorType").asText(),
                        line -> line.path("FailedByType").asInt(),
                        Integer::sum,
                        TreeMap::new));
        assertThat(byType).isEqualTo(Map.of("ResourceNotFoundException", 2, "ValidationException", 1));
    }

    @Test
    void what_an_earlier_delivery_did_is_not_counted_again() {
        function.deliver(event);
        int before = printed.measured().size();

        function.deliver(event);

        List<JsonNode> second =
                printed.measured().subList(before, printed.measured().size());
        assertThat(second)
                .singleElement()
                .satisfies(counts -> assertThat(
                                List.of(counts.path("Started"), counts.path("Succeeded"), counts.path("Failed")))
                        .allSatisfy(count -> assertThat(count.asInt(-1)).isZero()));
    }

    @Test
    void a_run_that_fails_still_writes_its_metrics() {
        function.faults().always(CallPattern.of(LocalFunction.TAGS), Fault.accessDenied());

        assertThatExceptionOfType(ServersUnavailableException.class).isThrownBy(() -> function.deliver(event));

        assertThat(printed.measured())
                .singleElement()
                .satisfies(
                        counts -> assertThat(counts.path("Started").asInt(-1)).isZero());
    }

    @Test
    void an_outcome_that_the_table_refuses_is_in_the_log_with_what_mends_the_entry() {
        function.with("MAX_CONCURRENT_CALLS", "1");
        function.faults()
                .next(
                        1,
                        CREATE.to("accepted"),
                        new Fault.HoldAnswer(() -> table.unsent().set(1)));

        assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(() -> function.deliver(event));

        String backupId = function.manualBackups().getFirst().id();
        assertThat(printed.logged())
                .filteredOn(line -> line.path("level").asText().equals("ERROR"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("serverName").asText()).isEqualTo("accepted");
                    assertThat(line.path("status").asText()).isEqualTo("STARTED");
                    assertThat(line.path("backupId").asText()).isEqualTo(backupId);
                    assertThat(line.path("attemptId").asText()).isNotBlank();
                    assertThat(line.at("/error/name").asText()).isEqualTo(AuditUnavailableException.class.getName());
                    assertThat(line.at("/error/message").asText())
                            .isEqualTo("could not write server#accepted of run "
                                    + line.path("runId").asText()
                                    + " in the audit table: no way to the table (SDK Attempt Count: 1)");
                });
    }

    private static AwsError refusal(String message) {
        return new AwsError(ErrorType.VALIDATION, message);
    }

    private static JsonNode definition(JsonNode line) {
        return line.path("_aws").path("CloudWatchMetrics").path(0);
    }

    private static List<String> namesIn(JsonNode line) {
        return definition(line).path("Metrics").findValuesAsText("Name");
    }
}
