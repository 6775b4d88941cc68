package dev.serverbackup.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.cli.report.Calendar.Cell;
import dev.serverbackup.cli.report.Calendar.Month;
import dev.serverbackup.cli.report.Calendar.Row;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-02-27");
    private static final LocalDate SECOND = FIRST.plusDays(1);

    private static Calendar ofNights(int nights) {
        return new Calendar(FIRST.datesUntil(FIRST.plusDays(nights)).toList());
    }

    @Test
    void of_several_outcomes_the_worst_comes_first_and_each_is_counted() {
        Calendar calendar = ofNights(3);
        calendar.add("alpha", SECOND, Outcome.SUCCEEDED);
        calendar.add("alpha", SECOND, Outcome.FAILED);
        calendar.add("alpha", SECOND, Outcome.SUCCEEDED);
        calendar.call("alpha", "alpha (the first)");

        assertThat(calendar.tables().getFirst().months())
                .containsExactly(new Month("Feb 2026", 2), new Month("Mar 2026", 1));
        assertThat(calendar.tables().getFirst().nights())
                .extracting(Calendar.Night::name)
                .first()
                .isEqualTo("Friday, 27 February 2026");
        assertThat(calendar.tables().getFirst().rows())
                .containsExactly(new Row(
                        "alpha (the first)",
                        List.of(Cell.EMPTY, new Cell("failed", "FS", "2026-02-28: failed; 2 succeeded"), Cell.EMPTY),
                        1,
                        1));
    }

    @Test
    void a_night_in_which_a_server_was_only_excluded_is_none_that_asked_for_it() {
        Calendar calendar = ofNights(2);
        calendar.add("alpha", FIRST, Outcome.EXCLUDED);
        calendar.add("alpha", SECOND, Outcome.EXCLUDED);
        calendar.add("alpha", SECOND, Outcome.DELETED);

        Row row = calendar.tables().getFirst().rows().getFirst();
        assertThat(row.cells()).extracting(Cell::letters).containsExactly("X", "DX");
        assertThat(row.succeeded()).isEqualTo(1);
        assertThat(row.asked()).isEqualTo(1);
    }

    @Test
    void what_does_not_fit_the_width_of_a_page_goes_into_another_table() {
        Calendar calendar = ofNights(63);
        calendar.add("alpha", FIRST.plusDays(31), Outcome.OPEN);

        assertThat(calendar.tables()).extracting(table -> table.nights().size()).containsExactly(31, 31, 1);
        assertThat(calendar.tables().get(1).rows().getFirst().cells().getFirst().letters())
                .isEqualTo("O");
        assertThat(calendar.tables().get(1).totals().getFirst().counts())
                .hasSize(31)
                .startsWith(1, 0);
    }
}
