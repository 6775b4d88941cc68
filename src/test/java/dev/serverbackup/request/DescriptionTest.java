package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A description is carried as it was given or refused: never trimmed, cut or mended. */
class DescriptionTest {
    private static final String RUN = "release-4711";
    private static final int LEFT = 10_000 - " [run release-4711]".length();

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "  before\tthe release \r\n",
                "Grüße, 日本語, \uD83D\uDE80",
                "\u0000\u0001\u001F\u007F\u0085\u2028\u2029",
                "\u202Ereversed\u202C\u200B\uFEFF",
                "e\u0301 is not \u00E9",
                "\" \\ / [run another-run]",
            })
    void any_text_comes_through_unchanged(String description) {
        assertThat(read(describedAs(description)).description()).isEqualTo(description);
    }

    @Test
    void the_marker_stands_at_the_very_end() {
        assertThat(read(describedAs("before release")).backupDescription())
                .isEqualTo("before release [run release-4711]");
    }

    /** A character of two units counts as two. */
    @Test
    void with_its_marker_it_may_fill_what_the_api_takes_and_is_refused_not_cut_when_it_is_longer() {
        assertThat(read(describedAs("x".repeat(LEFT))).backupDescription()).hasSize(10_000);

        String but = " characters, but may have at most 9981: with the run's marker a description has at most 10000";
        assertRefused(describedAs("x".repeat(LEFT + 1)), "detail.description: has 9982" + but);
        assertRefused(describedAs("\uD83D\uDE80".repeat(5_000)), "detail.description: has 10000" + but);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uDE80b", "\uDE80\uD83D"})
    void half_a_surrogate_pair_is_refused(String description) {
        assertRefused(
                describedAs(description),
                "detail.description: is not Unicode text: half of a surrogate pair stands alone in "
                        + SafeText.quoted(description));
    }

    private static ScheduledEvent describedAs(String description) {
        return invokedWith(Map.of("requestId", RUN, "selector", Map.of("all", true), "description", description));
    }
}
