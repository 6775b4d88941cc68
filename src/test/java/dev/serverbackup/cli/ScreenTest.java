package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a terminal is told by: the width that the launcher sets, {@code TERM} and {@code NO_COLOR}. */
class ScreenTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        100,  xterm, '',  100, true
        100,  xterm, 1,   100, false
        100,  dumb,  '',  100, false
        5,    xterm, '',  40,  true
        """)
    void a_terminal_has_a_width_and_colours_unless_they_are_refused(
            String columns, String term, String noColor, int width, boolean colour) {
        Screen screen = Screen.ofProcess(Map.of("SERVER_BACKUP_COLUMNS", columns, "TERM", term, "NO_COLOR", noColor));

        assertThat(screen.width()).contains(width);
        assertThat(screen.colour()).isEqualTo(colour);
    }

    @Test
    void where_there_is_no_terminal_nothing_is_cut_or_coloured() {
        Screen screen = Screen.ofProcess(Map.of("TERM", "xterm"));

        assertThat(screen.width()).isEqualTo(Optional.empty());
        assertThat(screen.colour()).isFalse();
    }
}
