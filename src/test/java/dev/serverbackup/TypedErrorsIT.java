package dev.serverbackup;

import static dev.serverbackup.local.fleet.FleetServer.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.ErrorType;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.run.RunReport;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a typed answer of the API leaves in report and audit: it proves that nothing happened. */
class TypedErrorsIT {
    private static final String MESSAGE = "Not now: \"alpha\" says no.\nAsk again.";

    private final String requestId = RequestEvents.newRequestId();

    @RegisterExtension
    final LocalFunction function = LocalFunction.over(named("alpha").tagged("Backup", "nightly"));

    @ParameterizedTest
    @CsvSource({
        "INVALID_STATE, PENDING",
        "THROTTLING, PENDING",
        "LIMIT_EXCEEDED, FAILED",
        "RESOURCE_NOT_FOUND, FAILED",
        "VALIDATION, FAILED",
        "ACCESS_DENIED, FAILED",
        "UNRECOGNIZED_CLIENT, PENDING"
    })
    void a_typed_refusal_stands_in_the_entry_as_it_was_answered(ErrorType type, String status) {
        function.faults().always(CallPattern.of(LocalFunction.CREATE), refusal(type));

        RunReport report = function.deliver(RequestEvents.everyServer(requestId));

        assertThat(Reports.lineOf(report, "alpha"))
                .isEqualTo(new RunReport.Line("alpha", null, status, null, type.shape(), MESSAGE));
        assertThat(function.audit().entry(requestId, "alpha"))
                .containsEntry("status", AttributeValue.fromS(status))
                .containsEntry("error", error(type));
        assertThat(function.backedUp()).isEmpty();
    }

    @Test
    void another_name_for_throttling_is_throttling() {
        function.faults().always(CallPattern.of(LocalFunction.CREATE), refusal(ErrorType.THROTTLED));

        RunReport report = function.deliver(RequestEvents.everyServer(requestId));

        assertThat(Reports.lineOf(report, "alpha"))
                .isEqualTo(new RunReport.Line("alpha", null, "PENDING", null, "ThrottlingException", MESSAGE));
    }

    @Test
    void only_throttling_is_called_again_within_a_delivery() {
        function.faults().next(2, CallPattern.of(LocalFunction.CREATE), Fault.throttled());

        RunReport report = function.deliver(RequestEvents.everyServer(requestId));

        assertThat(report.counts()).isEqualTo(Map.of("STARTED", 1));
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(3);
    }

    @Test
    void what_may_be_tried_again_is_due_later_and_what_may_not_is_final() {
        function.faults().next(1, CallPattern.of(LocalFunction.CREATE), refusal(ErrorType.INVALID_STATE));
        function.deliver(RequestEvents.everyServer(requestId));
        var pending = function.audit().entry(requestId, "alpha");

        assertThat(pending).doesNotContainKeys("finishedAt", "leaseUntil", "dayKey");
        assertThat(pending.get("nextActionAt").s())
                .isGreaterThan(pending.get("requestedAt").s());

        String another = RequestEvents.newRequestId();
        function.faults().clear();
        function.faults().next(1, CallPattern.of(LocalFunction.CREATE), refusal(ErrorType.VALIDATION));
        function.deliver(RequestEvents.everyServer(another));

        assertThat(function.audit().entry(another, "alpha")).containsKeys("finishedAt", "dayKey");
        assertThat(function.audit().run(another)).containsEntry("status", AttributeValue.fromS("FAILED"));
    }

    @Test
    void one_refused_server_does_not_stop_the_others() {
        LocalFunction three = LocalFunction.over(
                named("alpha").tagged("Backup", "nightly"),
                named("bravo").tagged("Backup", "nightly").gone(),
                named("charlie").tagged("Backup", "nightly"));
        try (var _ = three.cloud()) {
            RunReport report = three.deliver(RequestEvents.everyServer(requestId));

            assertThat(Reports.statuses(report))
                    .isEqualTo(Map.of("alpha", "STARTED", "bravo", "FAILED", "charlie", "STARTED"));
            assertThat(three.backedUp()).containsExactly("alpha", "charlie");
        }
    }

    @Test
    void the_accounts_limit_is_met_by_whoever_comes_too_late() {
        LocalFunction full = LocalFunction.over(Fleet.of(
                        named("alpha").tagged("Backup", "nightly"),
                        named("bravo").tagged("Backup", "nightly").withBackups(0, 49))
                .unthrottled()
                .limited(new Limits(2, 50)));
        try (var _ = full.cloud()) {
            RunReport report = full.deliver(RequestEvents.everyServer(requestId));

            assertThat(report.status()).isEqualTo("RUNNING");
            assertThat(report.counts()).isEqualTo(Map.of("STARTED", 1, "FAILED", 1));
            assertThat(report.servers())
                    .filteredOn(line -> line.status().equals("FAILED"))
                    .extracting(RunReport.Line::errorType)
                    .containsExactly("LimitExceededException");
        }
    }

    private static Fault refusal(ErrorType type) {
        return new Fault.Refuse(new AwsError(type, MESSAGE));
    }

    /** As the last answer was, with the id that AWS gave the request. */
    private AttributeValue error(ErrorType type) {
        String awsRequestId = function.calls(LocalFunction.CREATE).getLast().requestId();
        return AttributeValue.fromM(Map.of(
                "type", AttributeValue.fromS(type.shape()),
                "message", AttributeValue.fromS(MESSAGE),
                "httpStatus", AttributeValue.fromN(Integer.toString(type.status())),
                "requestId", AttributeValue.fromS(awsRequestId),
                "effectUnknown", AttributeValue.fromBool(false)));
    }
}
