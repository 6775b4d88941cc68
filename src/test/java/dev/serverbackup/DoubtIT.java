package dev.serverbackup;

import static dev.serverbackup.local.fleet.FleetServer.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.http.Pause;
import dev.serverbackup.run.RunReport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A call was sent and its effect is not known: nothing is sent again before a look. */
class DoubtIT {
    private static final CallPattern CREATE = CallPattern.of(LocalFunction.CREATE);
    private static final CallPattern DESCRIBE = CallPattern.of(LocalFunction.DESCRIBE);
    private static final Duration AFTER_THE_LEASE = Duration.ofMinutes(3);

    private final String requestId = RequestEvents.newRequestId();
    private final ScheduledEvent event = RequestEvents.everyServer(requestId);

    @RegisterExtension
    final LocalFunction function = LocalFunction.over(named("alpha").tagged("Backup", "nightly"));

    @ParameterizedTest(name = "{0}")
    @MethodSource("doubts")
    void a_call_without_a_typed_answer_is_made_once_and_stays_in_doubt(String what, Fault fault, Doubt doubt) {
        function.faults().next(1, CREATE, fault);

        RunReport report = function.deliver(event);

        assertThat(Reports.lineOf(report, "alpha").errorType()).isEqualTo(doubt.errorType);
        Map<String, AttributeValue> entry = function.audit().entry(requestId, "alpha");
        assertThat(entry)
                .containsEntry("status", AttributeValue.fromS("CALLING"))
                .containsKey("leaseUntil");
        assertThat(entry.get("error").m())
                .containsEntry("type", AttributeValue.fromS(doubt.errorType))
                .containsEntry("effectUnknown", AttributeValue.fromBool(true));
        assertThat(entry.get("error").m().containsKey("requestId")).isEqualTo(doubt.answered);
        assertThat(entry.get("error").m().containsKey("httpStatus")).isEqualTo(doubt.answered);
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(1);
        assertThat(function.backedUp()).hasSize(doubt.effect ? 1 : 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doubts")
    void after_the_lease_a_look_finds_the_backup_or_allows_the_call(String what, Fault fault, Doubt doubt) {
        function.faults().next(1, CREATE, fault);
        function.deliver(event);

        RunReport later = function.deliverLater(AFTER_THE_LEASE, event);

        assertThat(later.counts()).isEqualTo(Map.of("STARTED", 1));
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(doubt.effect ? 1 : 2);
        assertThat(function.manualBackups())
                .singleElement()
                .satisfies(backup -> assertThat(backup.id())
                        .isEqualTo(Reports.lineOf(later, "alpha").backupId()));
    }

    @Test
    void within_the_lease_nobody_else_acts() {
        function.faults().next(1, CREATE, new Fault.LoseRequest());
        function.deliver(event);

        RunReport second = function.deliverLater(Duration.ofSeconds(90), event);

        assertThat(second.counts()).isEqualTo(Map.of("CALLING", 1));
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(1);
        assertThat(function.calls(LocalFunction.DESCRIBE)).isEmpty();
    }

    @Test
    void a_call_that_takes_too_long_is_in_doubt() {
        CountDownLatch released = new CountDownLatch(1);
        function.with("CALL_TIMEOUT_SECONDS", "1");
        function.faults().next(1, CREATE, new Fault.HoldAnswer(Pause.until(released)));

        RunReport report = function.deliver(event);
        released.countDown();

        assertThat(report.counts()).isEqualTo(Map.of("CALLING", 1));
        assertThat(Reports.lineOf(report, "alpha").errorType()).isEqualTo("NoAnswer");
        assertThat(function.deliverLater(AFTER_THE_LEASE, event).counts()).isEqualTo(Map.of("STARTED", 1));
        assertThat(function.backedUp()).containsExactly("alpha");
    }

    @Test
    void a_look_that_fails_changes_nothing() {
        function.faults().next(1, CREATE, new Fault.LoseAnswer());
        function.faults().always(DESCRIBE, Fault.unavailable());
        function.deliver(event);

        RunReport later = function.deliverLater(AFTER_THE_LEASE, event);

        assertThat(later.counts()).isEqualTo(Map.of("CALLING", 1));
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(1);
    }

    @Test
    void a_refusal_after_doubt_needs_a_look_too() {
        function.faults().next(1, CREATE, new Fault.LoseAnswer());
        function.deliver(event);
        function.cloud().aws().account().showBackupsAfter(Duration.ofDays(1));

        RunReport unseen = function.deliverLater(AFTER_THE_LEASE, event);
        function.cloud().aws().account().showBackupsAfter(Duration.ZERO);
        RunReport seen = function.deliverLater(Duration.ofMinutes(10), event);

        assertThat(Reports.lineOf(unseen, "alpha").errorType()).isEqualTo("InvalidStateException");
        assertThat(seen.counts()).isEqualTo(Map.of("STARTED", 1));
        assertThat(function.backedUp()).containsExactly("alpha");
    }

    @Test
    void a_lost_answer_on_a_connection_in_use_is_not_sent_again_by_the_http_client() {
        function.with("MAX_CONCURRENT_CALLS", "1");
        function.faults().nth(2, CREATE, new Fault.LoseAnswer());
        function.deliver(RequestEvents.selecting(requestId, "{\"serverNames\": [\"alpha\", \"bravo\"]}"));

        assertThat(function.calls(LocalFunction.CREATE)).hasSize(2);
        assertThat(function.audit().statuses(requestId)).containsEntry("bravo", "CALLING");
    }

    static Stream<Arguments> doubts() {
        return Stream.of(
                Arguments.of(
                        "503, nothing happened", Fault.unavailable(), new Doubt("ServiceUnavailable", true, false)),
                Arguments.of(
                        "503, and it happened",
                        Fault.unavailableAfterEffect(),
                        new Doubt("ServiceUnavailable", true, true)),
                Arguments.of("the request is lost", new Fault.LoseRequest(), new Doubt("NoAnswer", false, false)),
                Arguments.of("the answer is lost", new Fault.LoseAnswer(), new Doubt("NoAnswer", false, true)),
                Arguments.of("the answer can't be read", new Fault.Unreadable(), new Doubt("NoAnswer", false, true)));
    }

    /** @param effect whether the backup was made all the same */
    record Doubt(String errorType, boolean answered, boolean effect) {}
}
