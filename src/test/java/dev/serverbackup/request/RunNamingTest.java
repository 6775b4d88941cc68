package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What names the run of a request: its id, its rule and minute, its event, or the invocation. */
class RunNamingTest {
    private static final String ALL = "{\"selector\": {\"all\": true}}";
    private static final String ALL_NAMED = "{\"requestId\": \"release-4711\", \"selector\": {\"all\": true}}";
    private static final String ALL_DRY = "{\"dryRun\": true, \"selector\": {\"all\": true}}";
    private static final String A_RULE = ", but must begin with the ARN of the rule,"
            + " arn:aws:events:<region>:<account>:rule/<name>, its name 1 to 64 of A-Z a-z 0-9 . - _";

    private static ScheduledEvent calledFor(String requestId) {
        return invokedWith(Map.of("requestId", requestId, "selector", Map.of("all", true)));
    }

    @Test
    void an_event_without_a_request_id_names_the_run_by_its_own() {
        assertThat(readDetail(ALL).runId()).hasToString(EVENT_ID);
        assertThat(readDetail(ALL_DRY).runId()).hasToString(EVENT_ID);
    }

    @Test
    void ids_may_be_as_long_as_their_limits() {
        assertThat(read(calledFor("x".repeat(80))).runId()).hasToString("x".repeat(80));
        assertThat(read(decoded(onTheBus(ALL)).withId("x".repeat(100))).runId()).hasToString("x".repeat(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "rule@2026-11-22T02:00:00Z",
                "a\nb",
                "ä",
                "x2345678901234567890123456789012345678901234567890"
                        + "x2345678901234567890123456789012345678901234567890x",
            })
    void an_event_id_that_can_not_name_a_run_is_refused_unless_it_names_nothing(String id) {
        assertRefused(
                decoded(onTheBus(ALL)).withId(id),
                "id: is " + SafeText.quoted(id) + ", but must be 1 to 100 of A-Z a-z 0-9 . _ : -");
        assertThat(read(decoded(onTheBus(ALL_NAMED)).withId(id)).runId()).hasToString("release-4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "a b",
                "a/b",
                "ä",
                "a\u0000",
                "\u202Eabc",
                "x23456789012345678901234567890123456789012345678901234567890123456789012345678901"
            })
    void a_request_id_of_another_form_is_refused(String requestId) {
        assertRefused(
                calledFor(requestId),
                "detail.requestId: is " + SafeText.quoted(requestId) + ", but must be 1 to 80 of A-Z a-z 0-9 . _ : -");
    }

    @Test
    void an_execution_that_a_rule_has_started_has_a_name_that_is_a_request_id() {
        String execution = "6a7e8feb-b491-4cf7-a9f1-bf3703467718_0f5ff1c8-2b6c-46c1-8d6e-3f9a4b7c5d21";

        assertThat(read(calledFor(execution)).runId()).hasToString(execution);
    }

    @Test
    void a_direct_invocation_names_its_run() {
        assertRefused(
                decoded("{\"detail\": " + ALL + "}"),
                "detail.requestId: is missing, and the input has no event id to take its place, so that a second"
                        + " delivery would be a second run; it must be 1 to 80 of A-Z a-z 0-9 . _ : -");
    }

    @Test
    void an_odd_invocation_id_still_names_a_dry_run() {
        ScheduledEvent dryRun = decoded("{\"detail\": " + ALL_DRY + "}");

        assertThat(READER.read(dryRun, "a b\n@").runId()).hasToString("dry-run@a-b--");
        assertThat(READER.read(dryRun, "x".repeat(1_000)).runId()).hasToString("dry-run@" + "x".repeat(64));
    }

    @Test
    void a_rule_that_fires_twice_for_one_minute_of_utc_is_one_run() {
        ScheduledEvent again = fromTheSchedule()
                .withTime(new DateTime(2026, 11, 22, 3, 0, 59, 999, DateTimeZone.forOffsetHours(1)))
                .withId("another");

        assertThat(read(again).runId()).hasToString("server-backup-schedule@2026-11-22T02:00:00Z");
    }

    @Test
    void a_scheduled_event_with_a_detail_is_named_by_its_rule_too_unless_it_has_a_request_id() {
        ScheduledEvent event =
                fromTheSchedule().withDetail(decoded(onTheBus(ALL)).getDetail());
        ScheduledEvent named = fromTheSchedule()
                .withResources(List.of())
                .withDetail(decoded(onTheBus(ALL_NAMED)).getDetail());

        assertThat(read(event).runId()).hasToString("server-backup-schedule@2026-11-22T02:00:00Z");
        assertThat(read(named).runId()).hasToString("release-4711");
    }

    @ParameterizedTest
    @CsvSource({
        "aws:events:eu-central-1:123456789012:rule/nightly, nightly",
        "aws-cn:events:cn-north-1:123456789012:rule/nightly, nightly",
        "aws:events:eu-central-1:123456789012:rule/a-bus/nightly, nightly",
        "aws:events:eu-central-1:123456789012:rule/aws.partner/example.com/x/nightly, nightly",
        "aws:events:eu-central-1:123456789012:rule/._-A567890123456789012345678901234567890123456789012345678901234,"
                + " ._-A567890123456789012345678901234567890123456789012345678901234"
    })
    void a_rule_is_named_by_the_last_part_of_its_arn(String arn, String rule) {
        assertThat(read(firedBy("arn:" + arn)).runId()).hasToString(rule + "@2026-11-22T02:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nightly",
                "arn:aws:events:eu-central-1:123456789012:rule/",
                "arn:aws:events:eu-central-1:123456789012:event-bus/nightly",
                "arn:aws:s3:eu-central-1:123456789012:rule/nightly",
                "arn:aws:events:eu-central-1:123456789012:rule/a name",
                "arn:aws:events:eu-central-1:123456789012:rule/a@name",
                "arn:aws:events:eu-central-1:123456789012:rule/nightly\n",
                "arn:aws:events:eu-central-1:123456789012:rule/"
                        + "a123456789b123456789c123456789d123456789e123456789f12345678964chars",
            })
    void a_schedule_that_names_no_rule_is_refused(String arn) {
        assertRefused(firedBy(arn), "resources: begins with " + SafeText.quoted(arn) + A_RULE);
    }

    @Test
    void a_schedule_without_a_resource_is_refused() {
        assertRefused(fromTheSchedule().withResources(null), "resources: names no rule" + A_RULE);
        assertRefused(fromTheSchedule().withResources(List.of()), "resources: names no rule" + A_RULE);
        assertRefused(
                fromTheSchedule().withResources(Collections.singletonList(null)), "resources: names no rule" + A_RULE);
    }

    @Test
    void a_schedule_without_a_time_is_refused() {
        assertRefused(fromTheSchedule().withTime(null), "time: is missing, but must be when the rule fired (ISO 8601)");
    }

    @ParameterizedTest
    @CsvSource({
        "-1,                   1969-12-31T23:59:59.999Z",
        "253402300800000,      +10000-01-01T00:00:00Z",
        "-9223372036854775808, -292275055-05-16T16:47:04.192Z",
        "9223372036854775807,  +292278994-08-17T07:12:55.807Z"
    })
    void a_time_that_no_run_id_can_hold_is_refused(long epochMillis, String time) {
        assertRefused(
                fromTheSchedule().withTime(new DateTime(epochMillis, DateTimeZone.UTC)),
                "time: is " + time + ", but must be of the years 1970 to 9999");
    }

    private static ScheduledEvent firedBy(String arn) {
        return fromTheSchedule().withResources(List.of(arn));
    }
}
