package dev.serverbackup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleExpressionTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant SUNDAY = Instant.parse("2026-11-29T00:00:00Z");
    private static final Instant FAR = Instant.parse("2031-01-01T00:00:00Z");

    private static List<Instant> slots(String expression, ZoneId zone, String after, String until) {
        return ScheduleExpression.parse(expression, zone)
                .orElseThrow()
                .slots(Instant.parse(after), Instant.parse(until), 100);
    }

    /** EventBridge's user guide, "Cron expressions reference", and what its wildcards are said to mean. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0 10 * * ? *            | 2026-11-29T10:00 2026-11-30T10:00 2026-12-01T10:00
        15 12 * * ? *           | 2026-11-29T12:15 2026-11-30T12:15 2026-12-01T12:15
        0 18 ? * MON-FRI *      | 2026-11-30T18:00 2026-12-01T18:00 2026-12-02T18:00
        0 8 1 * ? *             | 2026-12-01T08:00 2027-01-01T08:00 2027-02-01T08:00
        0/15 * * * ? *          | 2026-11-29T00:15 2026-11-29T00:30 2026-11-29T00:45
        0/10 * ? * MON-FRI *    | 2026-11-30T00:00 2026-11-30T00:10 2026-11-30T00:20
        0/5 8-17 ? * MON-FRI *  | 2026-11-30T08:00 2026-11-30T08:05 2026-11-30T08:10
        0/30 20-2 ? * MON-FRI * | 2026-11-30T00:00 2026-11-30T00:30 2026-11-30T01:00
        0 9 ? * 2#1 *           | 2026-12-07T09:00 2027-01-04T09:00 2027-02-01T09:00
        0 9 ? * 3#2 *           | 2026-12-08T09:00 2027-01-12T09:00 2027-02-09T09:00
        15 10 ? * 6L *          | 2026-12-25T10:15 2027-01-29T10:15 2027-02-26T10:15
        15 10 ? * L *           | 2026-12-05T10:15 2026-12-12T10:15 2026-12-19T10:15
        0 9 L * ? *             | 2026-11-30T09:00 2026-12-31T09:00 2027-01-31T09:00
        0 9 3W * ? *            | 2026-12-03T09:00 2027-01-04T09:00 2027-02-03T09:00
        0 9 29 2 ? *            | 2028-02-29T09:00
        0 0 1 JAN ? 2027-2029   | 2027-01-01T00:00 2028-01-01T00:00 2029-01-01T00:00
        0 2 1/10 * ? *          | 2026-12-01T02:00 2026-12-11T02:00 2026-12-21T02:00
        0 2 ? * SAT-MON *       | 2026-11-29T02:00 2026-11-30T02:00 2026-12-05T02:00
        0 2 * * ? 2025          | ''
        """)
    void it_fires_as_eventbridge_documents(String fields, String expected) {
        List<Instant> slots = ScheduleExpression.parse("cron(" + fields + ")", UTC)
                .orElseThrow()
                .slots(SUNDAY, FAR, 3);

        assertThat(slots.stream()
                        .map(slot -> LocalDateTime.ofInstant(slot, UTC).toString())
                        .toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void a_slot_at_the_first_instant_is_not_in_and_one_at_the_last_is() {
        assertThat(slots("cron(0 2 * * ? *)", UTC, "2026-11-28T02:00:00Z", "2026-11-29T02:00:00Z"))
                .containsExactly(Instant.parse("2026-11-29T02:00:00Z"));
        assertThat(slots("cron(0 2 * * ? *)", UTC, "2026-11-28T02:00:00Z", "2026-11-29T01:59:59.999Z"))
                .isEmpty();
    }

    @Test
    void a_time_zone_moves_with_its_clocks() {
        assertThat(slots("cron(0 4 * * ? *)", BERLIN, "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"))
                .containsExactly(Instant.parse("2026-03-28T03:00:00Z"), Instant.parse("2026-03-29T02:00:00Z"));
    }

    @Test
    void a_time_that_the_clocks_skip_has_no_slot() {
        assertThat(slots("cron(30 2 * * ? *)", BERLIN, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"))
                .containsExactly(Instant.parse("2026-03-28T01:30:00Z"), Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void a_time_that_occurs_twice_has_one_slot_the_earlier() {
        assertThat(slots("cron(30 2 * * ? *)", BERLIN, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"))
                .containsExactly(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-26T01:30:00Z"));
        assertThat(slots("cron(0/30 2 * * ? *)", BERLIN, "2026-10-25T00:30:00Z", "2026-10-25T12:00:00Z"))
                .isEmpty();
    }

    @Test
    void a_day_that_a_zone_skips_has_no_slot() {
        assertThat(slots(
                        "cron(0 12 * * ? *)",
                        ZoneId.of("Pacific/Apia"),
                        "2011-12-29T00:00:00Z",
                        "2011-12-31T00:00:00Z"))
                .containsExactly(Instant.parse("2011-12-29T22:00:00Z"), Instant.parse("2011-12-30T22:00:00Z"));
    }

    @Test
    void the_newest_slot_is_the_last_of_all() {
        ScheduleExpression nightly =
                ScheduleExpression.parse("cron(0 2 * * ? *)", UTC).orElseThrow();

        assertThat(nightly.newestSlot(SUNDAY.minusSeconds(86_400 * 400L), SUNDAY))
                .contains(Instant.parse("2026-11-28T02:00:00Z"));
        assertThat(nightly.newestSlot(SUNDAY, SUNDAY.plusSeconds(60))).isEmpty();
    }

    @Test
    void of_a_rate_no_slot_is_known() {
        assertThat(ScheduleExpression.parse("rate(1 day)", UTC)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "daily",
                "at(2026-11-29T02:00:00)",
                "cron(0 2 * * ?)",
                "cron(0 0 2 * * ? *)",
                "cron(0 9 * * * *)",
                "cron(0 9 ? * ? *)",
                "cron(60 2 * * ? *)",
                "cron(0 2 0 * ? *)",
                "cron(0 2 ? * 8 *)",
                "cron(0 9 ? * 3#1,6#3 *)"
            })
    void what_eventbridge_refuses_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleExpression.parse(text, UTC))
                .withMessageStartingWith("\"" + text + "\"");
    }
}
