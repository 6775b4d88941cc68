package dev.serverbackup.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "Backup", "a b", "Grüße 日本語 🚀", "e\u0301", "\"quoted\"", "a/b:c@d"})
    void plain_text_is_shown_as_it_is(String text) {
        assertThat(SafeText.shown(text, 100)).isEqualTo(text);
    }

    @Test
    void what_could_break_a_line_or_hide_is_escaped() {
        assertThat(SafeText.shown("\0\t\r\n\u001B\u007F\u0085\u2028\u2029", 100))
                .isEqualTo("\\u0000\\u0009\\u000D\\u000A\\u001B\\u007F\\u0085\\u2028\\u2029");
        assertThat(SafeText.shown("\u202E\u2066\u200F\u200B\uFEFF\uDB40\uDC41", 100))
                .isEqualTo("\\u202E\\u2066\\u200F\\u200B\\uFEFF\\uDB40\\uDC41");
        assertThat(SafeText.shown("\uD83Da\uDE80", 100)).isEqualTo("\\uD83Da\\uDE80");
    }

    @Test
    void text_that_looks_escaped_is_distinguished_from_what_is() {
        assertThat(SafeText.shown("\\u000A", 100)).isEqualTo("\\\\u000A");
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdefg, 6, abcde…",
        "abcd🚀, 6, abcd🚀",
        "abcd🚀x, 6, abcd…",
        "abc🚀xy, 6, abc🚀…"
    })
    void what_is_longer_ends_with_an_ellipsis(String text, int limit, String shown) {
        assertThat(SafeText.shown(text, limit)).isEqualTo(shown);
    }

    @Test
    void the_limit_holds_for_the_escaped_text() {
        assertThat(SafeText.shown("\0".repeat(1_000), 200)).hasSizeLessThanOrEqualTo(200);
        assertThat(SafeText.quoted("\n".repeat(1_000))).hasSizeLessThanOrEqualTo(62);
    }
}
