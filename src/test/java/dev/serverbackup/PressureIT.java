package dev.serverbackup;

import static dev.serverbackup.local.fleet.FleetServer.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.run.RunReport;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Too many, too fast, too late: whatever can't be done now is accounted for. */
class PressureIT {
    private final String requestId = RequestEvents.newRequestId();
    private final ScheduledEvent event = RequestEvents.everyServer(requestId);

    @ParameterizedTest
    @ValueSource(ints = {50, 90})
    void a_share_of_throttled_calls_ends_with_every_entry_accounted_for(int percent) {
        LocalFunction function = overServers(20).with("MAX_CONCURRENT_CALLS", "64");
        try (var _ = function.cloud()) {
            function.faults().share(percent, 4711, CallPattern.of(LocalFunction.CREATE), Fault.throttled());

            RunReport first = function.deliver(event);
            RunReport second = function.deliverLater(Duration.ofMinutes(5), event);
            RunReport last = function.deliverLater(Duration.ofMinutes(61), event);

            assertThat(first.counts().keySet()).isSubsetOf("STARTED", "PENDING");
            assertThat(started(second)).isGreaterThanOrEqualTo(started(first));
            assertThat(last.counts().keySet()).isSubsetOf("STARTED", "FAILED");
            assertThat(last.servers())
                    .filteredOn(line -> line.status().equals("FAILED"))
                    .allSatisfy(line -> assertThat(line.errorType()).isEqualTo("ThrottlingException"));
            assertThat(function.backedUp()).isEqualTo(names(last, "STARTED"));
            assertThat(function.audit().statuses(requestId)).isEqualTo(Reports.statuses(last));
        }
    }

    @Test
    void an_invocation_with_too_little_time_calls_nothing_and_leaves_all_to_the_next() {
        LocalFunction function = overServers(5);
        try (var _ = function.cloud()) {
            RunReport report = function.deliverWithin(Duration.ofSeconds(15 + 4), event);

            assertThat(report.counts()).isEqualTo(Map.of("PENDING", 5));
            assertThat(function.calls(LocalFunction.CREATE)).isEmpty();
            assertThat(function.audit().rows(requestId))
                    .filteredOn(row -> row.containsKey("serverName"))
                    .allSatisfy(row -> assertThat(row).doesNotContainKeys("attemptId", "leaseUntil", "error"));

            assertThat(function.deliver(event).counts()).isEqualTo(Map.of("STARTED", 5));
        }
    }

    @Test
    void what_does_not_get_its_turn_in_time_stays_pending() {
        LocalFunction function = overServers(10).with("CALLS_PER_SECOND", "2").with("CALL_BURST", "2");
        try (var _ = function.cloud()) {
            RunReport report = function.deliverWithin(Duration.ofSeconds(15 + 5 + 2), event);

            assertThat(report.counts()).containsOnlyKeys("STARTED", "PENDING");
            assertThat(started(report)).isBetween(2, 7);
            assertThat(function.backedUp()).isEqualTo(names(report, "STARTED"));
        }
    }

    @Test
    void a_report_has_200_lines_at_most_and_says_that_there_are_more() {
        LocalFunction function = overServers(250).with("MAX_CONCURRENT_CALLS", "64");
        try (var _ = function.cloud()) {
            RunReport report = function.deliver(event);

            assertThat(report.targets()).isEqualTo(250);
            assertThat(report.servers()).hasSize(200);
            assertThat(report.truncated()).isTrue();
            assertThat(report.counts()).isEqualTo(Map.of("STARTED", 250));
            assertThat(function.audit().statuses(requestId)).hasSize(250);
            assertThat(function.backedUp()).doesNotHaveDuplicates().hasSize(250);
            assertThat(function.calls(LocalFunction.TAGS))
                    .as("a page for 100 servers")
                    .hasSize(3);
            assertThat(function.calls(LocalFunction.DESCRIBE))
                    .as("a call per server")
                    .isEmpty();
        }
    }

    private static LocalFunction overServers(int count) {
        return LocalFunction.over(IntStream.rangeClosed(1, count)
                .mapToObj(number -> named("web-%03d".formatted(number)).tagged("Backup", "nightly"))
                .toArray(FleetServer[]::new));
    }

    private static int started(RunReport report) {
        return report.counts().getOrDefault("STARTED", 0);
    }

    private static List<String> names(RunReport report, String status) {
        Collection<Map.Entry<String, String>> all = Reports.statuses(report).entrySet();
        return all.stream()
                .filter(server -> server.getValue().equals(status))
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }
}
