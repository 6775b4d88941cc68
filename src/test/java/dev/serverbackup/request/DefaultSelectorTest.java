package dev.serverbackup.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default selector comes from a setting: JSON text that nobody has decoded before. */
class DefaultSelectorTest {
    @Test
    void the_default_selector_is_read_from_json() {
        assertThat(SelectorReader.fromJson(" {\"all\": true} ").all()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        {"tags": {"a": []}, "tags": {"b": []}} | DEFAULT_SELECTOR: is not valid JSON (line 1, column 27), but \
        must be one JSON object in which no key stands twice
        {"tags": {"a": [], "a": ["b"]}}        | DEFAULT_SELECTOR: is not valid JSON (line 1, column 23), but \
        must be one JSON object in which no key stands twice
        {"tags": {"a": "b"}}                   | DEFAULT_SELECTOR.tags.a: is "b", but must be an array of \
        strings
        {"all": true} {}                       | DEFAULT_SELECTOR: is not valid JSON (line 1, column 15), but \
        must be one JSON object in which no key stands twice
        \uFEFF{"all": true}                    | DEFAULT_SELECTOR: is not valid JSON (line 1, column 1), but must \
        be one JSON object in which no key stands twice
        {"all": 1e400}                         | DEFAULT_SELECTOR.all: is "Infinity", but must be true or false, \
        without quotes
        {"all": [{"a": [false]}]}              | DEFAULT_SELECTOR.all: is [{"a":[false]}], but must be true or false, \
        without quotes
        "all"                                  | DEFAULT_SELECTOR: is "all", but must be an object
        null                                   | DEFAULT_SELECTOR: is null, but must have a value or be left out
        ``                                     | DEFAULT_SELECTOR: is null, but must have a value or be left out
        """)
    void a_wrong_default_selector_is_refused_and_named(String text, String message) {
        assertThatThrownBy(() -> SelectorReader.fromJson(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{\"all\": true", "{'all': true}", "{\"all\": true,}", "tags", "]", "{\"a\": [}", "{]"})
    void a_default_selector_that_is_not_json_is_refused(String text) {
        assertThatThrownBy(() -> SelectorReader.fromJson(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageMatching(
                        "DEFAULT_SELECTOR: is not valid JSON \\(line 1, column [1-9][0-9]?\\), but must be one JSON"
                                + " object in which no key stands twice");
    }

    @Test
    void a_deeply_nested_default_selector_is_refused() {
        assertThatThrownBy(() -> SelectorReader.fromJson("[".repeat(100_000)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("DEFAULT_SELECTOR: is not valid JSON, but must be one JSON object in which no key stands"
                        + " twice");
    }
}
