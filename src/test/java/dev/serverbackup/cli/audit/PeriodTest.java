package dev.serverbackup.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-03-03");

    @Test
    void dates_stand_for_whole_days() {
        Period period = Period.of(Optional.of("2026-02-28"), Optional.of("2026-03-01"));

        assertThat(period.first()).isEqualTo("2026-02-28T00:00:00.000Z");
        assertThat(period.last()).isEqualTo("2026-03-01T23:59:59.999Z");
        assertThat(period.days()).containsExactly(LocalDate.parse("2026-02-28"), LocalDate.parse("2026-03-01"));
    }

    @Test
    void instants_of_any_offset_are_taken_to_utc() {
        Period period = Period.of(Optional.of("2026-03-01T01:00:00+02:00"), Optional.of("2026-03-01T02:00Z"));

        assertThat(period.first()).isEqualTo("2026-02-28T23:00:00.000Z");
        assertThat(period.last()).isEqualTo("2026-03-01T02:00:00.000Z");
    }

    @Test
    void what_is_finer_than_the_table_takes_in_nothing_beyond_it() {
        Period period = Period.of(Optional.of("2026-03-01T02:00:00.0001Z"), Optional.of("2026-03-01T02:00:00.9999Z"));

        assertThat(period.first()).isEqualTo("2026-03-01T02:00:00.001Z");
        assertThat(period.last()).isEqualTo("2026-03-01T02:00:00.999Z");
    }

    @Test
    void days_begin_six_before_the_last() {
        assertThat(Period.ofDays(Optional.empty(), Optional.of("2026-03-02T10:00:00Z"), TODAY))
                .isEqualTo(new Period(Instant.parse("2026-02-24T00:00:00Z"), Instant.parse("2026-03-02T10:00:00Z")));
    }

    @Test
    void days_end_with_today() {
        assertThat(Period.ofDays(Optional.of("2026-03-01"), Optional.empty(), TODAY)
                        .days())
                .containsExactly(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-02"), TODAY);
    }

    @Test
    void between_two_instants_of_the_table_there_is_nothing() {
        Optional<String> instant = Optional.of("2026-03-01T02:00:00.0001Z");

        assertThat(Period.of(instant, instant).isEmpty()).isTrue();
        assertThat(Period.of(Optional.of("2026-03-01T02:00:00.0001Z"), Optional.of("2026-03-01T02:00:00.001Z"))
                        .isEmpty())
                .isFalse();
    }

    @Test
    void days_begin_with_1970_where_there_are_not_six_before_the_last() {
        assertThat(Period.ofDays(Optional.empty(), Optional.of("1970-01-03"), TODAY))
                .isEqualTo(new Period(Instant.EPOCH, Instant.parse("1970-01-03T23:59:59.999Z")));
    }

    @Test
    void a_beginning_after_today_is_said_to_be_in_the_future() {
        assertThatThrownBy(() -> Period.ofDays(Optional.of("2028-02-29"), Optional.empty(), TODAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--since=2028-02-29 is in the future, and without --until the period ends with today,"
                        + " 2026-03-03");
    }

    @Test
    void the_end_is_not_before_the_beginning() {
        assertThatThrownBy(() -> Period.of(Optional.of("2026-03-02"), Optional.of("2026-03-01")))
                .hasMessage("--since is not after --until, but 2026-03-02T00:00:00Z is after 2026-03-01T23:59:59.999Z");
    }

    @Test
    void too_many_days_are_refused_since_each_is_a_query() {
        assertThatThrownBy(() -> Period.ofDays(Optional.of("2000-01-01"), Optional.empty(), TODAY))
                .hasMessage("--since to --until are at most 3660 days where each day is read by itself, not"
                        + " from 2000-01-01T00:00:00Z to 2026-03-03T23:59:59.999Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01", "2026-02-30", "2026-03-01T02:00:00", "2026-03-01 02:00"})
    void what_is_neither_date_nor_instant_is_named(String text) {
        assertThatThrownBy(() -> Period.of(Optional.empty(), Optional.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--until is a date such as 2026-11-20 or an instant such as 2026-11-20T02:00:00Z, not \""
                        + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31", "+10000-01-01T00:00:00Z"})
    void a_year_that_no_row_has_is_refused(String text) {
        assertThatThrownBy(() -> Period.of(Optional.of(text), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--since and --until are of the years 1970 to 9999");
    }
}
