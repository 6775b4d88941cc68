package dev.serverbackup;

import static dev.serverbackup.local.fleet.FleetServer.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.ErrorType;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.request.InvalidRequestException;
import dev.serverbackup.run.RunReport;
import dev.serverbackup.server.ServersUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Runs that don't begin: what was asked can't be done, or what it needs can't be read. Nothing is called or written.
 */
class RefusedRunsIT {
    private static final CallPattern TAGS = CallPattern.of(LocalFunction.TAGS);

    private final String requestId = RequestEvents.newRequestId();
    private final ScheduledEvent event = RequestEvents.everyServer(requestId);

    @RegisterExtension
    final LocalFunction function = LocalFunction.over(
            named("alpha").tagged("Backup", "nightly"),
            named("bravo").tagged("Backup", "nightly"),
            named("charlie").tagged("Backup", "hourly"));

    @Test
    void a_run_id_with_another_request_is_refused_by_name() {
        function.deliver(event);
        List<Map<String, AttributeValue>> rows = function.audit().items();

        assertRefused("detail.requestId", RequestEvents.selecting(requestId, "{\"tags\": {\"Backup\": [\"hourly\"]}}"));

        assertThat(function.audit().items()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(3);
    }

    @Test
    void the_same_request_in_another_order_is_the_same_request() {
        String one = "{\"tags\": {\"Backup\": [\"nightly\", \"hourly\"], \"Team\": []}, \"excludeTags\": {}}";
        String same = "{\"tags\": {\"Team\": [], \"Backup\": [\"hourly\", \"nightly\"]}}";

        function.deliver(RequestEvents.selecting(requestId, one));

        assertThat(function.deliver(RequestEvents.selecting(requestId, same)).status())
                .isEqualTo("NO_TARGETS");
    }

    @Test
    void more_targets_than_allowed_are_refused() {
        assertRefused("detail.selector", RequestEvents.detail("""
            {"requestId": "%s", "selector": {"tags": {"Backup": []}}, "maxTargets": 2}\
            """.formatted(requestId)));

        assertNothingCalledOrWritten();
    }

    @Test
    void more_targets_than_the_setting_allows_are_refused_even_in_a_dry_run() {
        function.with("MAX_TARGETS", "2");

        assertRefused(
                "detail.selector",
                RequestEvents.detail("{\"selector\": {\"tags\": {\"Backup\": []}}, \"dryRun\": true}"));

        assertNothingCalledOrWritten();
    }

    @Test
    void a_mistyped_request_is_refused_with_the_property_named() {
        assertRefused("detail.selector.tag", RequestEvents.selecting(requestId, "{\"tag\": {\"Backup\": []}}"));

        assertNothingCalledOrWritten();
        assertThat(function.calls(LocalFunction.TAGS)).isEmpty();
    }

    @Test
    void no_targets_are_a_run_too() {
        RunReport report =
                function.deliver(RequestEvents.selecting(requestId, "{\"tags\": {\"Backup\": [\"weekly\"]}}"));

        assertThat(report.status()).isEqualTo("NO_TARGETS");
        assertThat(report.targets()).isZero();
        assertThat(function.audit().items())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("entry", AttributeValue.fromS("run"))
                        .containsEntry("status", AttributeValue.fromS("NO_TARGETS")));
        assertThat(function.calls(LocalFunction.CREATE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void tags_that_cannot_be_read_are_never_no_targets(AwsError failure) {
        function.leading(Leads::impatientForTags);
        function.faults().always(TAGS, new Fault.Refuse(failure));

        assertThatExceptionOfType(ServersUnavailableException.class)
                .isThrownBy(() -> function.deliver(event))
                .withMessageContaining(failure.getMessage());
        assertNothingCalledOrWritten();

        function.faults().clear();
        assertThat(function.deliver(event).counts()).isEqualTo(Map.of("STARTED", 3));
    }

    @Test
    void tags_that_cannot_be_read_for_a_moment_are_read_again() {
        function.faults().next(1, TAGS, Fault.throttled());
        function.faults().next(1, TAGS, Fault.unavailable());
        function.faults().next(1, TAGS, new Fault.LoseAnswer());

        assertThat(function.deliver(event).counts()).isEqualTo(Map.of("STARTED", 3));
        assertThat(function.calls(LocalFunction.TAGS)).hasSize(4);
    }

    static Stream<AwsError> failures() {
        return Stream.of(
                new AwsError(ErrorType.THROTTLED, "Rate exceeded"),
                new AwsError(ErrorType.INTERNAL_FAILURE, "The request processing has failed."),
                new AwsError(ErrorType.ACCESS_DENIED, "not authorized to perform: tag:GetResources"));
    }

    private void assertRefused(String property, ScheduledEvent refused) {
        assertThatThrownBy(() -> function.deliver(refused))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.property()).isEqualTo(property));
    }

    private void assertNothingCalledOrWritten() {
        assertThat(function.calls(LocalFunction.CREATE)).isEmpty();
        assertThat(function.calls(LocalFunction.DESCRIBE)).isEmpty();
        assertThat(function.audit().items()).isEmpty();
    }
}
