package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.decoded;
import static dev.serverbackup.request.SampleEvents.fromTheSchedule;
import static dev.serverbackup.request.SampleEvents.onTheBus;
import static dev.serverbackup.request.SampleEvents.read;
import static dev.serverbackup.request.SampleEvents.withDetail;
import static dev.serverbackup.request.SampleEvents.withId;
import static dev.serverbackup.request.SampleEvents.withResources;
import static dev.serverbackup.request.SampleEvents.withTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The run of a rule's own scheduled event: one for each rule and minute. */
class NativeScheduleTest {
    private static final String ALL = "{\"selector\": {\"all\": true}}";
    private static final String ALL_NAMED = "{\"requestId\": \"release-4711\", \"selector\": {\"all\": true}}";

    @Test
    void a_schedule_names_the_run_by_rule_and_minute() {
        assertThat(read(fromTheSchedule()).runId()).hasToString("server-backup-schedule@2026-11-22T02:00:00Z");
    }

    @Test
    void a_rule_that_fires_twice_for_one_minute_is_one_run() {
        Event again = withId("another", withTime(Optional.of("2026-11-22T02:00:59.999Z"), fromTheSchedule()));

        assertThat(read(again).runId()).isEqualTo(read(fromTheSchedule()).runId());
    }

    @Test
    void the_minute_is_one_of_utc() {
        Event event = withTime(Optional.of("2026-11-22T03:00:00+01:00"), fromTheSchedule());

        assertThat(read(event).runId()).isEqualTo(read(fromTheSchedule()).runId());
    }

    @Test
    void a_scheduled_event_with_a_detail_is_named_by_its_rule_too() {
        Event event = withDetail(decoded(onTheBus(ALL)).detail(), fromTheSchedule());

        assertThat(read(event).runId()).hasToString("server-backup-schedule@2026-11-22T02:00:00Z");
    }

    @Test
    void a_scheduled_event_with_a_request_id_needs_no_rule() {
        Event event =
                withResources(List.of(), withDetail(decoded(onTheBus(ALL_NAMED)).detail(), fromTheSchedule()));

        assertThat(read(event).runId()).hasToString("release-4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:events:eu-central-1:123456789012:rule/nightly",
                "arn:aws-cn:events:cn-north-1:123456789012:rule/nightly",
                "arn:aws:events:eu-central-1:123456789012:rule/a-bus/nightly",
                "arn:aws:events:eu-central-1:123456789012:rule/aws.partner/example.com/x/nightly",
            })
    void the_rule_is_named_by_the_last_part_of_its_arn(String arn) {
        assertThat(read(firedBy(arn)).runId().value()).startsWith("nightly@");
    }

    @Test
    void the_longest_name_of_a_rule_makes_a_run_id() {
        String name = "._-A".repeat(16);

        assertThat(read(firedBy("arn:aws:events:eu-central-1:123456789012:rule/" + name))
                        .runId())
                .hasToString(name + "@2026-11-22T02:00:00Z");
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
        assertThatThrownBy(() -> read(firedBy(arn)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("resources: begins with \"")
                .hasMessageContaining("must begin with the ARN of the rule");
    }

    @Test
    void a_schedule_without_resources_is_refused() {
        assertRefused(withResources(List.of(), fromTheSchedule()), "resources: names no rule");
    }

    @Test
    void a_schedule_without_a_time_is_refused() {
        assertRefused(withTime(Optional.empty(), fromTheSchedule()), "time: is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-22", "2026-11-22T25:00:00Z", "2026-11-22T02:00:00", "5"})
    void a_time_of_another_form_is_refused(String time) {
        assertRefused(
                withTime(Optional.of(time), fromTheSchedule()),
                "time: is \"" + time + "\", but must be when the rule fired (ISO 8601");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "-999999999-01-01T00:00:00+18:00",
                "+999999999-12-31T23:59:59Z"
            })
    void a_time_that_no_run_id_can_hold_is_refused(String time) {
        assertRefused(withTime(Optional.of(time), fromTheSchedule()), "time: is ");
    }

    private static Event firedBy(String arn) {
        return withResources(List.of(arn), fromTheSchedule());
    }

    private static void assertRefused(Event event, String message) {
        assertThatThrownBy(() -> read(event))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(message);
    }
}
