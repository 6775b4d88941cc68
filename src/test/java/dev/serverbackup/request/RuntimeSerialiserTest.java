package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the Lambda runtime's own serialiser makes of an event before this code sees it; each row of the table in
 * {@code docs/requests.md} is a test here.
 */
class RuntimeSerialiserTest {
    private static final String DETAIL = "{\"requestId\": \"a\", \"selector\": {\"all\": true}}";
    private static final String TARGETS = "{\"detail\": {\"selector\": {\"all\": true}, \"maxTargets\": %s}}";

    @Test
    void of_a_key_that_stands_twice_the_last_wins() {
        BackupRequest request = read("""
            {"id": "first", "id": "last",
             "detail": {"selector": {"all": true}, "selector": {"tags": {"A": ["1"], "A": ["2"]}}}}\
            """);

        assertThat(request.runId()).hasToString("last");
        assertThat(request.asked()).isEqualTo("{\"selector\":{\"tags\":{\"A\":[\"2\"]}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"replay-name\": \"x\"", "\"requestId\": \"b\"", "\"Detail\": {}", "\"detailType\": \"x\""})
    void unknown_properties_outside_the_detail_are_ignored(String property) {
        assertThat(read("{%s, \"detail\": %s}".formatted(property, DETAIL)).requestedBy())
                .isEqualTo(read("{\"detail\": %s}".formatted(DETAIL)).requestedBy());
    }

    /** Properties of the envelope are told by their exact case; inside the detail an array stays an array. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"Detail": {"requestId": "a", "selector": {"all": true}}} | detail: is missing or empty
        {"detail": null}                                          | detail: is missing or empty
        {"detail": []}                                            | detail: is missing or empty
        {"detail": ""}                                            | detail: is missing or empty
        {"detail": "  "}                                          | detail: is missing or empty
        {"detail": {"selector": {"all": true}, "x": 1}}           | detail.x: is unknown
        {"detail": {"selector": [{"all": true}]}}                 | detail.selector: is [{"all":true}], but must be an object
        null                                                      | event: is null
        []                                                        | event: is null
        ""                                                        | event: is null
        """)
    void what_reaches_us_is_refused_by_us(String json, String message) {
        assertRefused(json, message);
    }

    @Test
    void a_detail_that_is_an_array_of_one_object_is_that_object() {
        assertThat(read("{\"detail\": [%s]}".formatted(DETAIL)).runId()).hasToString("a");
    }

    /** The event that EventBridge Scheduler sends by default among them: its detail is a string. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "5",
                "\"x\"",
                "{\"id\": {}}",
                "{\"detail\": {\"a\": 1,}}",
                "{\"source\": \"aws.scheduler\", \"detail-type\": \"Scheduled Event\", \"detail\": \"{}\"}",
                "{\"detail\": \"{\\\"selector\\\": {\\\"all\\\": true}}\"}",
                "{\"detail\": 5}",
                "{\"detail\": true}",
                "{\"detail\": [null]}",
                "{\"detail\": [[{}]]}",
                "{\"detail\": [{}, {}]}",
                "{\"time\": \"yesterday\"}",
                "{\"time\": \"\"}",
                "{\"time\": {}}",
                "{\"time\": \"2026-11-22T25:00:00Z\"}",
            })
    void what_is_not_json_or_of_another_type_is_rejected_before_us(String json) {
        assertRejectedBeforeUs(json);
    }

    @ParameterizedTest
    @CsvSource({
        "\"2026-11-22\", 2026-11-22T00:00:00Z",
        "\"2026-11-22T02:00:00+01:00\", 2026-11-22T01:00:00Z",
        "5, 0005-01-01T00:00:00Z",
    })
    void other_forms_of_time_are_taken(String time, Instant taken) {
        ScheduledEvent event = decoded("{\"time\": %s}".formatted(time));

        assertThat(Instant.ofEpochMilli(event.getTime().getMillis())).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"id": 5}            | 5    |
        {"id": true}         | true |
        {"id": ["x"]}        | x    |
        {"resources": "x"}   |      | x
        {"resources": [5]}   |      | 5
        """)
    void ids_and_resources_of_another_type_become_strings(String json, String id, String resource) {
        assertThat(decoded(json).getId()).isEqualTo(id);
        assertThat(decoded(json).getResources()).isEqualTo(resource == null ? null : List.of(resource));
    }

    @Test
    void it_is_laxer_than_json() {
        ScheduledEvent event = decoded("{'id': 'a\nb', \"detail\": {\"n\": NaN}} and more");

        assertThat(event.getId()).isEqualTo("a\nb");
        assertThat(event.getDetail()).containsEntry("n", Double.NaN);
    }

    @Test
    void an_event_nested_1000_deep_is_read_and_refused_by_us() {
        assertRefused(nested(998), "detail.x: is unknown");
        assertRejectedBeforeUs(nested(999));
    }

    /** Two objects, the event and its detail, and arrays within. */
    private static String nested(int arrays) {
        return "{\"detail\": {\"x\": " + "[".repeat(arrays) + "]".repeat(arrays) + "}}";
    }

    @Test
    void a_number_has_at_most_1000_digits_and_beyond_double_is_infinite() {
        assertRefused(TARGETS.formatted("9".repeat(1_000)), "detail.maxTargets: is 9999");
        assertRejectedBeforeUs(TARGETS.formatted("9".repeat(1_001)));
        assertRefused(TARGETS.formatted("1e400"), "detail.maxTargets: is \"Infinity\", but must be an integer");
    }

    @Test
    void every_character_of_a_description_comes_through_and_half_a_pair_reaches_us() {
        String text = IntStream.concat(IntStream.range(0, 0x300), IntStream.of(0x202E, 0x2028, 0xFEFF, 0x1F680))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String escaped = text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
        String described = "{\"id\": \"a\", \"detail\": {\"selector\": {\"all\": true}, \"description\": \"%s\"}}";

        assertThat(read(described.formatted(escaped)).description()).isEqualTo(text);
        assertRefused(
                described.formatted("\\ud83d"),
                "detail.description: is not Unicode text: half of a surrogate pair stands alone in \"\\uD83D\"");
    }

    private static void assertRefused(String json, String message) {
        ScheduledEvent event = decoded(json);

        assertThatThrownBy(() -> read(event))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(message);
    }

    private static void assertRejectedBeforeUs(String json) {
        assertThatThrownBy(() -> decoded(json)).isInstanceOf(UncheckedIOException.class);
    }
}
