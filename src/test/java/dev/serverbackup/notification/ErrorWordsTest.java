package dev.serverbackup.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.backup.ErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorWordsTest {
    private static final Pattern ROW = Pattern.compile("\\| \\[`(\\w+)`\\]\\(\\S+\\) \\| ([^|]+) \\| [^|]+ \\|");

    /** The rows of one type each; a restore is not told of. */
    static Stream<Arguments> the_runbook() throws IOException {
        return ROW
                .matcher(Files.readString(Path.of("docs/runbook.md")))
                .results()
                .filter(row -> !row.group(1).equals("RestoreFailed"))
                .map(ErrorWordsTest::row)
                .toList()
                .stream();
    }

    private static Arguments row(MatchResult row) {
        return Arguments.of(new ErrorType(row.group(1)), row.group(2).replace("`", ""));
    }

    @ParameterizedTest
    @MethodSource("the_runbook")
    void a_type_means_what_the_runbook_says(ErrorType type, String meaning) {
        assertThat(ErrorWords.meaning(type)).isEqualTo(Optional.of(meaning));
    }

    @Test
    void a_type_of_the_service_s_own_stands_by_its_name() {
        assertThat(ErrorWords.of(new ErrorType("SomethingNew"))).isEqualTo("SomethingNew");
    }
}
