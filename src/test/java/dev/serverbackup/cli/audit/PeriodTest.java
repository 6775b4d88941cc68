package dev.serverbackup.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-03-03");

    private static Period of(String since, String until) {
        return Period.of(Optional.ofNullable(since), Optional.ofNullable(until));
    }

    private static Period ofDays(String since, String until) {
        return Period.ofDays(Optional.ofNullable(since), Optional.ofNullable(until), TODAY);
    }

    /** Dates stand for whole days; instants are of any offset; what is finer than the table takes in nothing beyond it. */
    @ParameterizedTest
    @CsvSource({
        "2026-02-28, 2026-03-01, 2026-02-28T00:00:00.000Z, 2026-03-01T23:59:59.999Z",
        "2026-03-01T01:00:00+02:00, 2026-03-01T02:00Z, 2026-02-28T23:00:00.000Z, 2026-03-01T02:00:00.000Z",
        "2026-03-01T02:00:00.0001Z, 2026-03-01T02:00:00.9999Z, 2026-03-01T02:00:00.001Z, 2026-03-01T02:00:00.999Z"
    })
    void a_period_is_from_a_date_or_an_instant_to_another(String since, String until, String first, String last) {
        assertThat(of(since, until).first()).isEqualTo(first);
        assertThat(of(since, until).last()).isEqualTo(last);
    }

    @Test
    void between_two_instants_of_the_table_there_is_nothing() {
        assertThat(of("2026-03-01T02:00:00.0001Z", "2026-03-01T02:00:00.0001Z").isEmpty())
                .isTrue();
        assertThat(of("2026-03-01T02:00:00.0001Z", "2026-03-01T02:00:00.001Z").isEmpty())
                .isFalse();
    }

    @Test
    void days_end_with_today() {
        assertThat(ofDays("2026-03-01", null).days())
                .containsExactly(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-02"), TODAY);
    }

    @Test
    void days_begin_six_before_the_last_or_with_1970() {
        assertThat(ofDays(null, "2026-03-02T10:00:00Z"))
                .isEqualTo(new Period(Instant.parse("2026-02-24T00:00:00Z"), Instant.parse("2026-03-02T10:00:00Z")));
        assertThat(ofDays(null, "1970-01-03"))
                .isEqualTo(new Period(Instant.EPOCH, Instant.parse("1970-01-03T23:59:59.999Z")));
    }

    /** Each day of too many would be a query. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2028-02-29 |            | --since=2028-02-29 is in the future, and without --until the period ends with today, 2026-03-03
        2026-03-02 | 2026-03-01 | --since is not after --until, but 2026-03-02T00:00:00Z is after 2026-03-01T23:59:59.999Z
        2000-01-01 |            | --since to --until are at most 3660 days where each day is read by itself, not from \
        2000-01-01T00:00:00Z to 2026-03-03T23:59:59.999Z
        1969-12-31 | 1970-01-01 | --since and --until are of the years 1970 to 9999
        +10000-01-01T00:00:00Z | +10000-01-02T00:00:00Z | --since and --until are of the years 1970 to 9999
        """)
    void a_period_that_does_not_do_is_refused(String since, String until, String message) {
        assertThatThrownBy(() -> ofDays(since, until))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01", "2026-02-30", "2026-03-01T02:00:00", "2026-03-01 02:00"})
    void what_is_neither_date_nor_instant_is_named(String text) {
        assertThatThrownBy(() -> of(null, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--until is a date such as 2026-11-20 or an instant such as 2026-11-20T02:00:00Z, not \""
                        + text + "\"");
    }
}
