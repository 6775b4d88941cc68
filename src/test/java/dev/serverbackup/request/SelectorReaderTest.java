package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorReaderTest {
    private static final String NO_JSON = ", but must be one JSON object in which no key stands twice";

    @Test
    void every_condition_is_read() {
        TagSelector selector = selectorOf("""
            {"tags": {"Backup": ["nightly", "hourly"], "Environment": []}, "excludeTags": {"BackupHold": []},
             "serverNames": ["bravo", "alpha"], "all": false}\
            """);

        assertThat(selector.tags()).containsOnlyKeys("Backup", "Environment");
        assertThat(selector.tags().get("Backup")).containsExactly("hourly", "nightly");
        assertThat(selector.tags().get("Environment")).isEmpty();
        assertThat(selector.excludeTags()).containsEntry("BackupHold", Collections.emptySortedSet());
        assertThat(selector.serverNames()).containsExactly(new ServerName("alpha"), new ServerName("bravo"));
        assertThat(selector.all()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"all\": true}",
                "{\"all\": true, \"excludeTags\": {\"BackupHold\": []}}",
                "{\"tags\": {\"Backup\": []}, \"excludeTags\": {}}",
                "{\"tags\": {}, \"serverNames\": [\"alpha\"]}",
                "{\"serverNames\": [\"alpha\"], \"excludeTags\": {\"BackupHold\": []}}",
            })
    void a_selector_says_tags_or_names_or_all(String selector) {
        assertThat(selectorOf(selector)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"tags\": {}}",
                "{\"all\": false}",
                "{\"tags\": {}, \"all\": false}",
                "{\"excludeTags\": {\"BackupHold\": []}}",
            })
    void a_selector_that_says_nothing_is_refused(String selector) {
        assertSelectorRefused(
                selector, ": selects nothing: it must have `tags`, `serverNames` or both, or \"all\": true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"all\": true, \"tags\": {\"Backup\": []}}",
                "{\"all\": true, \"tags\": {}}",
                "{\"all\": true, \"serverNames\": [\"alpha\"]}",
            })
    void all_stands_alone(String selector) {
        assertSelectorRefused(
                selector,
                ": has \"all\": true together with a narrower condition, but must have `tags`, `serverNames` or both,"
                        + " or \"all\": true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"tag": {"Backup": ["x"]}}            | .tag: is unknown; did you mean `tags`? allowed are all, \
        excludeTags, serverNames, tags
        {"names": ["x"]}                      | .names: is unknown; allowed are all, excludeTags, serverNames, tags
        {"tags": ["Backup"]}                  | .tags: is ["Backup"], but must be an object
        {"tags": null}                        | .tags: is null, but must have a value or be left out
        {"tags": {"Backup": "nightly"}}       | .tags.Backup: is "nightly", but must be an array of strings
        {"tags": {"Backup": null}}            | .tags.Backup: is null, but must have a value or be left out
        {"tags": {"Backup": {"a": 1}}}        | .tags.Backup: is {"a":1}, but must be an array of strings
        {"tags": {"Backup": [1]}}             | .tags.Backup[0]: is 1, but must be a string
        {"tags": {"Backup": ["a", null]}}     | .tags.Backup[1]: is null, but must have a value or be left out
        {"tags": {"Backup": ["a", ["b"]]}}    | .tags.Backup[1]: is ["b"], but must be a string
        {"tags": {"Backup": ["a", ""]}}       | .tags.Backup[1]: is empty, but must be a string of at least one \
        character
        {"tags": {"Backup": ["a", "b", "a"]}} | .tags.Backup[2]: contains "a" twice; it may be there once
        {"tags": {"": ["a"]}}                 | .tags[""]: is empty, but must be a string of at least one character
        {"tags": {"a b.c": [true]}}           | .tags["a b.c"][0]: is true, but must be a string
        {"excludeTags": {"Hold": "x"}}        | .excludeTags.Hold: is "x", but must be an array of strings
        {"serverNames": "alpha"}              | .serverNames: is "alpha", but must be an array of strings
        {"serverNames": []}                   | .serverNames: is empty, but must name at least one server, or be \
        left out
        {"serverNames": ["alpha", 1]}         | .serverNames[1]: is 1, but must be a string
        {"serverNames": ["a", "b", "a"]}      | .serverNames[2]: contains "a" twice; it may be there once
        {"serverNames": ["1a"]}               | .serverNames[0]: is "1a", but a server name is 1 to 40 letters, \
        digits and hyphens, a letter first
        {"all": "true"}                       | .all: is "true", but must be true or false, without quotes
        {"all": 1}                            | .all: is 1, but must be true or false, without quotes
        {"all": null}                         | .all: is null, but must have a value or be left out
        """)
    void a_wrong_condition_is_refused_and_named(String selector, String message) {
        assertSelectorRefused(selector, message);
    }

    /** A setting: JSON text that nobody has decoded before. */
    @Test
    void the_default_selector_is_read_from_json() {
        assertThat(SelectorReader.fromJson(" {\"all\": true} ").all()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        {"tags": {"a": "b"}}      | DEFAULT_SELECTOR.tags.a: is "b", but must be an array of strings
        {"all": 1e400}            | DEFAULT_SELECTOR.all: is "Infinity", but must be true or false, without quotes
        {"all": [{"a": [false]}]} | DEFAULT_SELECTOR.all: is [{"a":[false]}], but must be true or false, without quotes
        "all"                     | DEFAULT_SELECTOR: is "all", but must be an object
        null                      | DEFAULT_SELECTOR: is null, but must have a value or be left out
        ``                        | DEFAULT_SELECTOR: is null, but must have a value or be left out
        """)
    void a_wrong_default_selector_is_refused_and_named(String text, String message) {
        assertDefaultRefused(text, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"tags": {"a": []}, "tags": {"b": []}} | 27
        {"tags": {"a": [], "a": ["b"]}}        | 23
        {"all": true} {}                       | 15
        \uFEFF{"all": true}                    | 1
        {"all": true                           | 13
        {'all': true}                          | 2
        {"all": true,}                         | 14
        tags                                   | 1
        ]                                      | 1
        {"a": [}                               | 8
        """)
    void a_default_selector_that_is_not_json_is_refused_where_it_is_not(String text, int column) {
        assertDefaultRefused(text, "DEFAULT_SELECTOR: is not valid JSON (line 1, column " + column + ")" + NO_JSON);
    }

    @Test
    void a_deeply_nested_default_selector_is_refused() {
        assertDefaultRefused("[".repeat(100_000), "DEFAULT_SELECTOR: is not valid JSON" + NO_JSON);
    }

    private static void assertDefaultRefused(String text, String message) {
        assertThatThrownBy(() -> SelectorReader.fromJson(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    private static TagSelector selectorOf(String json) {
        return readDetail("{\"selector\": " + json + "}").selector();
    }

    private static void assertSelectorRefused(String selector, String message) {
        assertRefused(decoded(onTheBus("{\"selector\": " + selector + "}")), "detail.selector" + message);
    }
}
