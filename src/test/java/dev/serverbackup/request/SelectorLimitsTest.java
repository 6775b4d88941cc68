package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a selector may say, and of which characters. */
class SelectorLimitsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\u007Fb", "a\u0085b"})
    void a_control_character_in_a_key_or_value_is_refused(String text) {
        String fault = " is " + SafeText.quoted(text) + ", but must be 1 to ";

        assertRefusal(
                tags(text, List.of()),
                "detail.selector.tags[" + SafeText.quoted(text) + "]: the key" + fault
                        + "128 characters, none of them a control character");
        assertRefusal(
                tags("Backup", List.of(text)),
                "detail.selector.tags.Backup[0]: the value" + fault
                        + "256 characters, none of them a control character");
    }

    @Test
    void half_a_surrogate_pair_in_a_key_or_value_is_refused() {
        assertRefusal(
                tags("a\uD83D", List.of()),
                "detail.selector.tags[\"a\\uD83D\"]: is not Unicode text: half of a surrogate pair stands alone in"
                        + " \"a\\uD83D\"");
        assertRefusal(
                tags("Backup", List.of("\uDE80")),
                "detail.selector.tags.Backup[0]: is not Unicode text: half of a surrogate pair stands alone in"
                        + " \"\\uDE80\"");
    }

    @Test
    void keys_have_at_most_128_and_values_at_most_256_characters() {
        String rocket = "\uD83D\uDE80";

        assertThat(read(invokedWith(selecting(tags(rocket.repeat(128), List.of(rocket.repeat(256)))))))
                .isNotNull();
        String key = SafeText.quoted("k".repeat(129));
        assertRefusal(
                tags("k".repeat(129), List.of()),
                "detail.selector.tags[" + key + "]: the key is " + key
                        + ", but must be 1 to 128 characters, none of them a control character");
        assertRefusal(
                tags("Backup", List.of("v".repeat(257))),
                "detail.selector.tags.Backup[0]: the value is " + SafeText.quoted("v".repeat(257))
                        + ", but must be 1 to 256 characters, none of them a control character");
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

    private static void assertRefusal(Map<String, Object> selector, String message) {
        assertRefused(invokedWith(selecting(selector)), message);
    }
}
