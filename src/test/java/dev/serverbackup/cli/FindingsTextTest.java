package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingsTextTest {
    private static final Table FAILURES = new Table(
            List.of("SERVER", "STATUS", "ERROR"),
            List.of(
                    List.of("alpha", "FAILED", "LimitExceededException: no room is left in this account"),
                    List.of("bravo", "SUCCEEDED", "-")));

    private static String text(Table table, Optional<Integer> width) {
        return FindingsText.of(answer(table), screen(width, false, StandardCharsets.UTF_8));
    }

    private static Findings answer(Table table) {
        return new Findings(List.of(), table, List.of(), Map.of(), false);
    }

    private static Screen screen(Optional<Integer> width, boolean colour, Charset charset) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return new Screen(nowhere, nowhere, charset, width, colour);
    }

    @Test
    void on_a_terminal_the_words_of_the_last_column_are_wrapped() {
        assertThat(text(FAILURES, Optional.of(50))).isEqualTo("""
              SERVER  STATUS     ERROR
              alpha   FAILED     LimitExceededException: no
                                   room is left in this
                                   account
              bravo   SUCCEEDED  -
            """);
    }

    @Test
    void where_columns_do_not_fit_each_row_is_a_block() {
        assertThat(text(FAILURES, Optional.of(40))).isEqualTo("""
              SERVER  alpha
              STATUS  FAILED
              ERROR   LimitExceededException: no
                        room is left in this account

              SERVER  bravo
              STATUS  SUCCEEDED
              ERROR   -
            """);
    }

    @Test
    void statuses_have_colours_where_colours_are_shown() {
        assertThat(FindingsText.of(answer(FAILURES), screen(Optional.of(100), true, StandardCharsets.UTF_8)))
                .contains("\u001B[31mFAILED", "\u001B[32mSUCCEEDED");
    }

    @Test
    void what_looks_like_the_librarys_markup_is_shown_as_it_is() {
        assertThat(text(new Table(List.of("X"), List.of(List.of("@|red x|@"))), Optional.of(80)))
                .isEqualTo("  X\n  @|red x|@\n");
    }

    @Test
    void a_character_that_the_terminal_lacks_is_escaped() {
        Screen ascii = screen(Optional.empty(), false, StandardCharsets.US_ASCII);

        assertThat(ascii.writable("Plätzchen \uD83C\uDF6A")).isEqualTo("Pl\\u00E4tzchen \\uD83C\\uDF6A");
    }

    @Test
    void csv_is_as_rfc_4180_says_and_no_cell_is_a_formula() {
        Table table = new Table(
                List.of("SERVER", "LAST ERROR"),
                List.of(List.of("alpha", "say \"no\", or\nnot"), List.of("=1+1", "-"), List.of("@x", "-1")));

        assertThat(OutputOptions.csv(table))
                .isEqualTo("server,last_error\r\nalpha,\"say \"\"no\"\", or\nnot\"\r\n'=1+1,\r\n'@x,'-1\r\n");
    }
}
