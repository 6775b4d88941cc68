package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.EVENT_ID;
import static dev.serverbackup.request.SampleEvents.INVOCATION_ID;
import static dev.serverbackup.request.SampleEvents.READER;
import static dev.serverbackup.request.SampleEvents.decoded;
import static dev.serverbackup.request.SampleEvents.onTheBus;
import static dev.serverbackup.request.SampleEvents.read;
import static dev.serverbackup.request.SampleEvents.readDetail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunNamingTest {
    private static final String ALL = "{\"selector\": {\"all\": true}}";
    private static final String ALL_NAMED = "{\"requestId\": \"release-4711\", \"selector\": {\"all\": true}}";
    private static final String ALL_DRY = "{\"dryRun\": true, \"selector\": {\"all\": true}}";

    @Test
    void a_request_id_names_the_run() {
        assertThat(readDetail(ALL_NAMED).runId()).hasToString("release-4711");
    }

    @Test
    void an_event_without_a_request_id_names_the_run_by_its_own() {
        assertThat(readDetail(ALL).runId()).hasToString(EVENT_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "rule@2026-11-22T02:00:00Z", "a\nb", "ä"})
    void an_event_id_that_can_not_name_a_run_is_refused(String id) {
        assertRefused(decoded(onTheBus(ALL)).withId(id), notAnId(id));
    }

    @Test
    void an_event_id_has_at_most_100_characters() {
        assertThat(read(decoded(onTheBus(ALL)).withId("x".repeat(100))).runId().value())
                .hasSize(100);
        assertRefused(decoded(onTheBus(ALL)).withId("x".repeat(101)), notAnId("x".repeat(101)));
    }

    @Test
    void an_event_id_that_names_nothing_may_be_anything() {
        assertThat(read(decoded(onTheBus(ALL_NAMED)).withId("a b")).runId()).hasToString("release-4711");
    }

    @Test
    void a_direct_invocation_names_its_run() {
        assertThat(read("{\"detail\": " + ALL_NAMED + "}").runId()).hasToString("release-4711");
        assertRefused(
                decoded("{\"detail\": " + ALL + "}"),
                "detail.requestId: is missing, and the input has no event id to take its place, so that a second"
                        + " delivery would be a second run; it must be 1 to 80 of A-Z a-z 0-9 . _ : -");
    }

    @Test
    void a_direct_dry_run_is_named_by_the_invocation() {
        assertThat(read("{\"detail\": " + ALL_DRY + "}").runId()).hasToString("dry-run@" + INVOCATION_ID);
    }

    @Test
    void a_dry_run_that_has_a_name_keeps_it() {
        assertThat(readDetail(ALL_DRY).runId()).hasToString(EVENT_ID);
    }

    @Test
    void an_odd_invocation_id_still_names_a_dry_run() {
        ScheduledEvent dryRun = decoded("{\"detail\": " + ALL_DRY + "}");

        assertThat(READER.read(dryRun, "a b\n@").runId()).hasToString("dry-run@a-b--");
        assertThat(READER.read(dryRun, "x".repeat(1_000)).runId()).hasToString("dry-run@" + "x".repeat(64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "a b", "a/b", "ä", "a\u0000", "\u202Eabc"})
    void a_request_id_of_another_form_is_refused(String requestId) {
        Map<String, Object> detail = Map.of("requestId", requestId, "selector", Map.of("all", true));

        assertThatThrownBy(() -> read(SampleEvents.invokedWith(detail)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail.requestId: is " + SafeText.quoted(requestId)
                        + ", but must be 1 to 80 of A-Z a-z 0-9 . _ : -");
    }

    @Test
    void an_execution_that_a_rule_has_started_has_a_name_that_is_a_request_id() {
        String execution = "6a7e8feb-b491-4cf7-a9f1-bf3703467718_0f5ff1c8-2b6c-46c1-8d6e-3f9a4b7c5d21";

        assertThat(execution).hasSize(73);
        assertThat(readDetail(ALL_NAMED.replace("release-4711", execution)).runId())
                .hasToString(execution);
    }

    @Test
    void a_request_id_has_at_most_80_characters() {
        assertThat(readDetail(ALL_NAMED.replace("release-4711", "x".repeat(80)))
                        .runId()
                        .value())
                .hasSize(80);
        assertRefused(
                decoded(onTheBus(ALL_NAMED.replace("release-4711", "x".repeat(81)))),
                "detail.requestId: is " + SafeText.quoted("x".repeat(81))
                        + ", but must be 1 to 80 of A-Z a-z 0-9 . _ : -");
    }

    private static String notAnId(String id) {
        return "id: is " + SafeText.quoted(id) + ", but must be 1 to 100 of A-Z a-z 0-9 . _ : -";
    }

    private static void assertRefused(ScheduledEvent event, String message) {
        assertThatThrownBy(() -> read(event))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }
}
