package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.invokedWith;
import static dev.serverbackup.request.SampleEvents.read;
import static dev.serverbackup.request.SampleEvents.readSelector;
import static dev.serverbackup.request.SampleEvents.selecting;
import static dev.serverbackup.request.SampleEvents.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorReaderTest {
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
                "{\"tags\": {\"Backup\": []}}",
                "{\"tags\": {}, \"serverNames\": [\"alpha\"]}",
                "{\"tags\": {\"Backup\": []}, \"excludeTags\": {}}",
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
        assertRefused(
                selector,
                "detail.selector: selects nothing: it must say `tags`, `serverNames` or both, or \"all\": true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"all\": true, \"tags\": {\"Backup\": []}}",
                "{\"all\": true, \"tags\": {}}",
                "{\"all\": true, \"serverNames\": [\"alpha\"]}",
            })
    void all_stands_alone(String selector) {
        assertRefused(
                selector,
                "detail.selector: says \"all\": true beside a narrower condition, but must say `tags`, `serverNames`"
                        + " or both, or \"all\": true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"tag": {"Backup": ["x"]}}            | .tag: is unknown; did you mean `tags`? allowed are tags, \
        excludeTags, serverNames, all
        {"names": ["x"]}                      | .names: is unknown; allowed are tags, excludeTags, serverNames, all
        {"tags": ["Backup"]}                  | .tags: is an array, but must be an object
        {"tags": null}                        | .tags: is null, but must be an object
        {"tags": {"Backup": "nightly"}}       | .tags.Backup: is a string, but must be an array of strings: write \
        ["nightly"]
        {"tags": {"Backup": null}}            | .tags.Backup: is null, but must be an array of strings
        {"tags": {"Backup": {"a": 1}}}        | .tags.Backup: is an object, but must be an array of strings
        {"tags": {"Backup": [1]}}             | .tags.Backup[0]: is a number, but must be a string
        {"tags": {"Backup": ["a", null]}}     | .tags.Backup[1]: is null, but must be a string
        {"tags": {"Backup": ["a", ["b"]]}}    | .tags.Backup[1]: is an array, but must be a string
        {"tags": {"Backup": ["a", ""]}}       | .tags.Backup[1]: is empty, but must be a string of at least one \
        character
        {"tags": {"Backup": ["a", "b", "a"]}} | .tags.Backup[2]: says "a" a second time; say it once
        {"tags": {"": ["a"]}}                 | .tags[""]: is empty, but must be a string of at least one character
        {"tags": {"a b.c": [true]}}           | .tags["a b.c"][0]: is true, but must be a string
        {"excludeTags": {"Hold": "x"}}        | .excludeTags.Hold: is a string, but must be an array of strings: \
        write ["x"]
        {"serverNames": "alpha"}              | .serverNames: is a string, but must be an array of strings: write \
        ["alpha"]
        {"serverNames": []}                   | .serverNames: is empty, but must name at least one server, or be \
        left out
        {"serverNames": ["alpha", 1]}         | .serverNames[1]: is a number, but must be a string
        {"serverNames": ["a", "b", "a"]}      | .serverNames[2]: says "a" a second time; say it once
        {"serverNames": ["1a"]}               | .serverNames[0]: is "1a", but a server name is 1 to 40 letters, \
        digits and hyphens, a letter first
        {"serverNames": ["a*"]}               | .serverNames[0]: is "a*", but a server name is 1 to 40 letters, \
        digits and hyphens, a letter first
        {"all": "true"}                       | .all: is a string, but must be true or false, without quotes
        {"all": 1}                            | .all: is a number, but must be true or false, without quotes
        {"all": null}                         | .all: is null, but must be true or false, without quotes
        """)
    void a_wrong_condition_is_refused_and_named(String selector, String message) {
        assertRefused(selector, "detail.selector" + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\u007Fb", "a\u0085b"})
    void a_control_character_in_a_key_or_value_is_refused(String text) {
        String fault = " is " + OutsideText.quoted(text) + ", but must be 1 to ";

        assertRefusal(tags(text, List.of()), ": the key" + fault + "128 characters, none of them a control character");
        assertRefusal(
                tags("Backup", List.of(text)),
                "detail.selector.tags.Backup[0]: the value" + fault
                        + "256 characters, none of them a control character");
    }

    @Test
    void half_a_surrogate_pair_in_a_key_or_value_is_refused() {
        assertRefusal(tags("a\uD83D", List.of()), "detail.selector.tags[\"a\\uD83D\"]: is not Unicode text");
        assertRefusal(tags("Backup", List.of("\uDE80")), "detail.selector.tags.Backup[0]: is not Unicode text");
    }

    @Test
    void keys_have_at_most_128_and_values_at_most_256_characters() {
        String rocket = "\uD83D\uDE80";

        assertThat(read(invokedWith(selecting(tags(rocket.repeat(128), List.of(rocket.repeat(256)))))))
                .isNotNull();
        assertRefusal(tags("k".repeat(129), List.of()), "the key is \"kkk");
        assertRefusal(tags("Backup", List.of("v".repeat(257))), "Backup[0]: the value is \"vvv");
    }

    @Test
    void a_selector_has_at_most_50_keys() {
        assertThat(read(invokedWith(selecting(Map.of("tags", numbered(50, _ -> List.of()))))))
                .isNotNull();
        assertRefusal(
                Map.of("tags", numbered(51, _ -> List.of())),
                "detail.selector.tags: has 51 keys, but may have at most 50");
        assertRefusal(
                Map.of("all", true, "excludeTags", numbered(51, _ -> List.of())),
                "detail.selector.excludeTags: has 51 keys, but may have at most 50");
    }

    @Test
    void a_selector_has_at_most_4000_server_names() {
        assertThat(read(invokedWith(selecting(Map.of("serverNames", names(4_000)))))
                        .selector()
                        .serverNames())
                .hasSize(4_000);
        assertRefusal(
                Map.of("serverNames", names(4_001)),
                "detail.selector.serverNames: has 4001 elements, but may have at most 4000");
    }

    @Test
    void a_selector_has_at_most_50000_bytes_of_utf8() {
        // 24 bytes around the values, 259 for each of 192 with its quotes and comma: 248 are left for the last one.
        String fills = "ä".repeat(124);

        assertThat(read(invokedWith(selecting(tags("Backup", valuesAnd(192, fills))))))
                .isNotNull();
        assertRefusal(
                tags("Backup", valuesAnd(192, fills + "x")),
                "detail.selector: has 50001 bytes, but may have at most 50000");
    }

    @Test
    void more_values_than_could_fit_are_refused_unread() {
        assertRefusal(
                tags("Backup", Collections.nCopies(12_501, "x")),
                "detail.selector.tags.Backup: has 12501 elements, but may have at most 12500");
    }

    @Test
    void the_default_selector_is_read_from_json() {
        assertThat(SelectorReader.fromJson(" {\"all\": true} ").all()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        {"tags": {"a": []}, "tags": {"b": []}} | DEFAULT_SELECTOR: is not valid JSON (line 1, column 27): \
        Duplicate field 'tags'
        {"tags": {"a": [], "a": ["b"]}}        | DEFAULT_SELECTOR: is not valid JSON (line 1, column 23): \
        Duplicate field 'a'
        {"tags": {"a": "b"}}                   | DEFAULT_SELECTOR.tags.a: is a string, but must be an array of \
        strings: write ["b"]
        {"all": true} {}                       | DEFAULT_SELECTOR: goes on after its end, but must be one JSON object
        {"all": 1e400}                         | DEFAULT_SELECTOR.all: is a number with a fraction, an exponent or \
        too many digits, but must be true or false, without quotes
        {"all": [{"a": [false, null]}]}        | DEFAULT_SELECTOR.all: is an array, but must be true or false, \
        without quotes
        "all"                                  | DEFAULT_SELECTOR: is a string, but must be an object
        null                                   | DEFAULT_SELECTOR: is null, but must be an object
        ``                                     | DEFAULT_SELECTOR: is null, but must be an object
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
                .hasMessageStartingWith("DEFAULT_SELECTOR: is not valid JSON (line 1, column ");
    }

    @Test
    void a_deeply_nested_default_selector_is_refused() {
        assertThatThrownBy(() -> SelectorReader.fromJson("[".repeat(100_000)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("DEFAULT_SELECTOR: is not valid JSON");
    }

    private static TagSelector selectorOf(String json) {
        return readSelector(json).selector();
    }

    private static List<String> valuesAnd(int count, String last) {
        IntStream numbers = IntStream.range(0, count);
        return Stream.concat(numbers.mapToObj("%0256d"::formatted), Stream.of(last))
                .toList();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(each -> "s" + each).toList();
    }

    private static <T> Map<String, T> numbered(int count, Function<String, T> value) {
        return names(count).stream().collect(Collectors.toMap(Function.identity(), value));
    }

    private static void assertRefused(String selector, String message) {
        assertThatThrownBy(() -> readSelector(selector))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    private static void assertRefusal(Map<String, Object> selector, String message) {
        assertThatThrownBy(() -> read(invokedWith(selecting(selector))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
    }
}
