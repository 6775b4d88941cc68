package dev.serverbackup.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void what_json_escapes_or_a_chat_interprets_is_replaced() {
        assertThat(Words.plain("a \"b\"\n\\ <!channel> & [x](y) *z* `c` \u202e\ud800ü", 100))
                .isEqualTo("a 'b' / ‹!channel› + (x)(y) 'z' 'c'   ü");
    }

    @Test
    void a_long_text_is_cut_between_characters() {
        assertThat(Words.plain("abc" + Character.toString(0x1F600) + "de", 5)).isEqualTo("abc…");
    }

    @Test
    void a_text_of_the_longest_length_stands_whole() {
        assertThat(Words.plain("x".repeat(120), 120)).isEqualTo("x".repeat(120));
    }

    @Test
    void there_are_ten_lines_of_240_characters_at_most() {
        Words words = new Words("s".repeat(200), Collections.nCopies(12, "l".repeat(300)));

        assertThat(words.summary()).isEqualTo("s".repeat(119) + "…");
        assertThat(words.lines()).isEqualTo(Collections.nCopies(10, "l".repeat(239) + "…"));
    }

    @Test
    void lines_that_are_not_needed_are_there_and_empty() {
        TreeMap<String, Object> detail = new TreeMap<>();
        new Words("s", List.of("a", "b")).addWithLinesTo(detail);

        assertThat(detail.get("lines")).isEqualTo(List.of("a", "b", "", "", "", "", "", "", "", ""));
    }
}
