package dev.serverbackup.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosestTest {
    private static final List<String> KNOWN = List.of("tags", "excludeTags", "serverNames", "all");

    @ParameterizedTest
    @CsvSource({
        "tag, tags",
        "Tags, tags",
        "TAGS, tags",
        "excludeTag, excludeTags",
        "exclude_tags, excludeTags",
        "servernames, serverNames",
        "serverName, serverNames",
        "al, all",
    })
    void a_mistyped_name_is_recognised(String given, String meant) {
        assertThat(Closest.to(given, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "names", "select", "description", "gats"})
    void another_word_is_not(String given) {
        assertThat(Closest.to(given, KNOWN)).isEmpty();
    }

    @Test
    void a_very_long_name_is_not_compared() {
        assertThat(Closest.to("t".repeat(5_000_000), KNOWN)).isEmpty();
    }
}
