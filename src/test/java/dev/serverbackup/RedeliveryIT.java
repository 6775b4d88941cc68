package dev.serverbackup;

import static dev.serverbackup.local.fleet.FleetServer.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.run.RunReport;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The same event again, seconds, minutes, an hour or a day later: one run, and one backup for each server. */
class RedeliveryIT {
    private static final CallPattern CREATE = CallPattern.of(LocalFunction.CREATE);
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Duration AFTER_THE_START_WINDOW = Duration.ofMinutes(61);
    private static final Duration AFTER_THE_COMPLETION_WINDOW = Duration.ofHours(25);

    private final String requestId = RequestEvents.newRequestId();
    private final ScheduledEvent event = RequestEvents.everyServer(requestId);

    @RegisterExtension
    final LocalFunction function = LocalFunction.over(
            named("alpha").tagged("Backup", "nightly"),
            named("bravo").tagged("Backup", "nightly"),
            named("charlie").tagged("Environment", "prod"));

    @Test
    void a_second_delivery_makes_no_new_backup_and_changes_no_row() {
        RunReport first = function.deliver(event);
        var rows = function.audit().items();

        RunReport second = function.deliver(event);

        assertThat(second).isEqualTo(first);
        assertThat(function.audit().items()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(2);
    }

    @Test
    void a_second_delivery_has_the_first_ones_targets_although_the_tags_have_changed() {
        function.deliver(event);
        function.tag("bravo", Map.of());
        function.tag("charlie", Map.of("Backup", "nightly"));

        RunReport second = function.deliverLater(SOON, event);

        assertThat(Reports.statuses(second)).isEqualTo(Map.of("alpha", "STARTED", "bravo", "STARTED"));
        assertThat(function.calls(LocalFunction.TAGS)).hasSize(1);
        assertThat(function.backedUp()).containsExactly("alpha", "bravo");
    }

    @Test
    void what_is_open_goes_on_and_what_is_final_stays() {
        function.faults().next(1, CREATE.to("alpha"), Fault.accessDenied());
        function.set("bravo", ServerStatus.UNDER_MAINTENANCE);
        function.deliver(event);
        function.set("bravo", ServerStatus.HEALTHY);

        RunReport second = function.deliverLater(SOON, event);

        assertThat(Reports.statuses(second)).isEqualTo(Map.of("alpha", "FAILED", "bravo", "STARTED"));
        assertThat(function.backedUp()).containsExactly("bravo");
        assertThat(function.audit().entry(requestId, "bravo"))
                .containsEntry("attempts", AttributeValue.fromN("2"))
                .doesNotContainKey("error");
    }

    @Test
    void what_is_not_due_is_left_alone() {
        function.set("bravo", ServerStatus.UNDER_MAINTENANCE);
        function.deliver(event);
        function.set("bravo", ServerStatus.HEALTHY);

        RunReport second = function.deliverLater(Duration.ofSeconds(20), event);

        assertThat(second.counts()).isEqualTo(Map.of("PENDING", 1, "STARTED", 1));
        assertThat(function.backedUp()).containsExactly("alpha");
    }

    @Test
    void after_the_start_window_what_is_pending_fails_with_its_last_error() {
        function.set("alpha", ServerStatus.FAILED);
        function.set("bravo", ServerStatus.UNDER_MAINTENANCE);
        function.deliver(event);
        function.set("bravo", ServerStatus.HEALTHY);

        RunReport late = function.deliverLater(AFTER_THE_START_WINDOW, event);

        assertThat(late.status()).isEqualTo("FAILED");
        assertThat(late.servers()).extracting(RunReport.Line::errorType).containsOnly("InvalidStateException");
        assertThat(function.backedUp()).isEmpty();
        assertThat(function.audit().run(requestId))
                .containsEntry("status", AttributeValue.fromS("FAILED"))
                .containsEntry("counts", AttributeValue.fromM(Map.of("FAILED", AttributeValue.fromN("2"))));
    }

    @Test
    void what_never_had_its_turn_says_that_the_start_window_closed() {
        function.deliverWithin(Duration.ofSeconds(1), event);

        RunReport late = function.deliverLater(AFTER_THE_START_WINDOW, event);

        assertThat(late.servers()).extracting(RunReport.Line::errorType).containsOnly("StartWindowExceeded");
        assertThat(function.calls(LocalFunction.CREATE)).isEmpty();
    }

    @Test
    void a_doubt_is_looked_into_even_after_the_start_window() {
        function.faults().next(1, CREATE.to("alpha"), new Fault.LoseAnswer());
        function.faults().next(1, CREATE.to("bravo"), new Fault.LoseRequest());
        function.deliver(event);

        RunReport late = function.deliverLater(AFTER_THE_START_WINDOW, event);

        assertThat(Reports.statuses(late)).isEqualTo(Map.of("alpha", "STARTED", "bravo", "FAILED"));
        assertThat(function.audit().entry(requestId, "bravo").get("error").m())
                .containsEntry("type", AttributeValue.fromS("NoAnswer"))
                .containsEntry("effectUnknown", AttributeValue.fromBool(false));
        assertThat(function.backedUp()).containsExactly("alpha");
    }

    @Test
    void a_doubt_that_no_look_could_answer_is_final_after_the_completion_window() {
        function.faults().next(1, CREATE.to("alpha"), new Fault.LoseAnswer());
        function.faults().always(CallPattern.of(LocalFunction.DESCRIBE), Fault.accessDenied());
        function.deliver(event);

        assertThat(function.deliverLater(AFTER_THE_START_WINDOW, event).counts())
                .isEqualTo(Map.of("CALLING", 1, "STARTED", 1));
        RunReport dayLater = function.deliverLater(AFTER_THE_COMPLETION_WINDOW, event);

        assertThat(dayLater.counts()).isEqualTo(Map.of("FAILED", 1, "STARTED", 1));
        assertThat(function.audit().entry(requestId, "alpha").get("error").m())
                .containsEntry("type", AttributeValue.fromS("NoAnswer"))
                .containsEntry("effectUnknown", AttributeValue.fromBool(true));
    }

    @Test
    void another_run_waits_for_its_turn_on_a_busy_server() {
        function.deliver(event);
        String another = RequestEvents.newRequestId();

        RunReport busy = function.deliver(RequestEvents.everyServer(another));
        function.set("alpha", ServerStatus.HEALTHY);
        function.set("bravo", ServerStatus.HEALTHY);
        RunReport free = function.deliverLater(SOON, RequestEvents.everyServer(another));

        assertThat(busy.counts()).isEqualTo(Map.of("PENDING", 2));
        assertThat(busy.servers()).extracting(RunReport.Line::errorType).containsOnly("InvalidStateException");
        assertThat(free.counts()).isEqualTo(Map.of("STARTED", 2));
        assertThat(function.backedUp()).containsExactly("alpha", "alpha", "bravo", "bravo");
    }
}
