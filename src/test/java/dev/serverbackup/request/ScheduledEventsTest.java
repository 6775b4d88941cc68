package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.decoded;
import static dev.serverbackup.request.SampleEvents.fromTheSchedule;
import static dev.serverbackup.request.SampleEvents.onTheBus;
import static dev.serverbackup.request.SampleEvents.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.util.Collections;
import java.util.List;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** The run of a rule's own scheduled event: one for each rule and minute. */
class ScheduledEventsTest {
    private static final String A_RULE = ", but must begin with the ARN of the rule,"
            + " arn:aws:events:<region>:<account>:rule/<name>, its name 1 to 64 of A-Z a-z 0-9 . - _";
    private static final String ALL = "{\"selector\": {\"all\": true}}";
    private static final String ALL_NAMED = "{\"requestId\": \"release-4711\", \"selector\": {\"all\": true}}";

    @Test
    void a_schedule_names_the_run_by_rule_and_minute() {
        assertThat(read(fromTheSchedule()).runId()).hasToString("server-backup-schedule@2026-11-22T02:00:00Z");
    }

    @Test
    void a_rule_that_fires_twice_for_one_minute_is_one_run() {
        ScheduledEvent again = fromTheSchedule()
                .withTime(DateTime.parse("2026-11-22T02:00:59.999Z"))
                .withId("another");

        assertThat(read(again).runId()).isEqualTo(read(fromTheSchedule()).runId());
    }

    @Test
    void the_minute_is_one_of_utc() {
        ScheduledEvent event =
                fromTheSchedule().withTime(new DateTime(2026, 11, 22, 3, 0, DateTimeZone.forOffsetHours(1)));

        assertThat(read(event).runId()).isEqualTo(read(fromTheSchedule()).runId());
    }

    @Test
    void a_scheduled_event_with_a_detail_is_named_by_its_rule_too() {
        ScheduledEvent event =
                fromTheSchedule().withDetail(decoded(onTheBus(ALL)).getDetail());

        assertThat(read(event).runId()).hasToString("server-backup-schedule@2026-11-22T02:00:00Z");
    }

    @Test
    void a_scheduled_event_with_a_request_id_needs_no_rule() {
        ScheduledEvent event = fromTheSchedule()
                .withResources(List.of())
                .withDetail(decoded(onTheBus(ALL_NAMED)).getDetail());

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
        assertThat(read(fromTheSchedule().withResources(List.of(arn))).runId())
                .hasToString("nightly@2026-11-22T02:00:00Z");
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
                .hasMessage("resources: begins with " + SafeText.quoted(arn) + A_RULE);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void a_schedule_without_resources_is_refused(List<String> resources) {
        assertRefused(fromTheSchedule().withResources(resources), "resources: names no rule" + A_RULE);
    }

    @Test
    void a_schedule_whose_rule_is_null_is_refused() {
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

    private static void assertRefused(ScheduledEvent event, String message) {
        assertThatThrownBy(() -> read(event))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }
}
