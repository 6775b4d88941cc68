package dev.serverbackup.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.backup.ErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NotificationTextTest {
    private static final Pattern ROW = Pattern.compile("\\| \\[`(\\w+)`\\]\\(\\S+\\) \\| ([^|]+) \\| [^|]+ \\|");

    @Test
    void what_json_escapes_or_a_chat_interprets_is_replaced() {
        assertThat(NotificationText.plain("a \"b\"\n\\ <!channel> & [x](y) *z* `c` \u202e\ud800ü", 100))
                .isEqualTo("a 'b' / ‹!channel› + (x)(y) 'z' 'c'   ü");
    }

    @Test
    void a_text_that_is_longer_than_allowed_is_cut_between_characters() {
        assertThat(NotificationText.plain("x".repeat(120), 120)).isEqualTo("x".repeat(120));
        assertThat(NotificationText.plain("abc" + Character.toString(0x1F600) + "de", 5))
                .isEqualTo("abc…");
    }

    @Test
    void there_are_ten_lines_of_240_characters_at_most() {
        NotificationText words = new NotificationText("s".repeat(200), Collections.nCopies(12, "l".repeat(300)));

        assertThat(words.summary()).isEqualTo("s".repeat(119) + "…");
        assertThat(words.lines()).isEqualTo(Collections.nCopies(10, "l".repeat(239) + "…"));
    }

    @Test
    void lines_that_are_not_needed_are_there_and_empty() {
        TreeMap<String, Object> detail = new TreeMap<>();
        new NotificationText("s", List.of("a", "b")).addWithLinesTo(detail);

        assertThat(detail.get("lines")).isEqualTo(List.of("a", "b", "", "", "", "", "", "", "", ""));
    }

    /** The rows of one type each; a restore is not told of. */
    static Stream<Arguments> the_runbook() throws IOException {
        return ROW
                .matcher(Files.readString(Path.of("docs/runbook.md")))
                .results()
                .filter(row -> !row.group(1).equals("RestoreFailed"))
                .map(NotificationTextTest::row)
                .toList()
                .stream();
    }

    private static Arguments row(MatchResult row) {
        return Arguments.of(new ErrorType(row.group(1)), row.group(2).replace("`", ""));
    }

    @ParameterizedTest
    @MethodSource("the_runbook")
    void a_type_means_what_the_runbook_says(ErrorType type, String meaning) {
        assertThat(ErrorMeanings.meaning(type)).isEqualTo(Optional.of(meaning));
    }

    @Test
    void a_type_of_the_service_s_own_stands_by_its_name() {
        assertThat(ErrorMeanings.of(new ErrorType("SomethingNew"))).isEqualTo("SomethingNew");
    }
}
