package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of an invocation's payload: each row of the table in {@code docs/decisions/0020-payload.md}. */
class EventTest {
    private static final String DETAIL = "{\"requestId\": \"a\", \"selector\": {\"all\": true}}";

    @Test
    void an_event_of_the_bus_is_read() {
        assertThat(Event.parse("""
            {"version": "0", "id": "6a7e8feb", "detail-type": "Server Backup Requested", "source": "acme",
             "account": "123456789012", "time": "2026-11-22T09:41:07Z", "region": "eu-central-1", "resources": ["r"],
             "detail": {"n": 1}}\
            """))
                .isEqualTo(new Event(
                        Optional.of("6a7e8feb"),
                        Optional.of("acme"),
                        Optional.of("Server Backup Requested"),
                        Optional.of("2026-11-22T09:41:07Z"),
                        List.of("r"),
                        Map.of("n", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "null", "{}"})
    void what_says_nothing_is_no_event(String payload) {
        assertThat(Event.parse(payload)).isEqualTo(Event.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"a\", \"id\": \"b\"}",
                "{\"detail\": {\"selector\": {\"all\": true}, \"selector\": {\"all\": true}}}",
                "{\"detail\": {\"selector\": {\"tags\": {\"A\": [\"1\"], \"A\": [\"2\"]}}}}",
            })
    void a_key_that_stands_twice_is_refused(String payload) {
        assertThatThrownBy(() -> Event.parse(payload))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageMatching("event: is not valid JSON \\(line 1, column \\d+\\): Duplicate field '\\w+'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"replay-name\": \"x\"", "\"requestId\": \"b\"", "\"Detail\": {}", "\"detailType\": \"x\""})
    void unknown_properties_outside_the_detail_are_ignored(String property) {
        assertThat(Event.parse("{%s, \"detail\": %s}".formatted(property, DETAIL)))
                .isEqualTo(Event.parse("{\"detail\": %s}".formatted(DETAIL)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "detail-type", "time"})
    void what_the_envelope_says_is_text_or_is_not_there(String property) {
        assertThat(Event.parse("{\"%s\": null, \"detail\": %s}".formatted(property, DETAIL)))
                .isEqualTo(Event.parse("{\"detail\": %s}".formatted(DETAIL)));
        assertRefused("{\"%s\": 5}".formatted(property), property + ": is a number, but must be a string");
        assertRefused("{\"%s\": [\"x\"]}".formatted(property), property + ": is an array, but must be a string");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "x"    | resources: is a string, but must be an array of strings: write ["x"]
        {}     | resources: is an object, but must be an array of strings
        [5]    | resources[0]: is a number, but must be a string
        [null] | resources[0]: is null, but must be a string
        """)
    void resources_are_an_array_of_strings(String resources, String message) {
        assertRefused("{\"resources\": %s}".formatted(resources), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        []   | an array
        [{}] | an array
        5    | a number
        true | true
        """)
    void a_detail_is_an_object(String detail, String kind) {
        assertRefused("{\"detail\": %s}".formatted(detail), "detail: is " + kind + ", but must be an object");
    }

    @Test
    void the_default_event_of_eventbridge_scheduler_is_refused_with_what_to_do() {
        assertRefused(
                """
                {"version": "0", "id": "d32c5b94-6d6c-4a4b-8a4b-3d1e6a3e8f6a", "detail-type": "Scheduled Event",
                 "source": "aws.scheduler", "account": "123456789012", "time": "2026-11-22T02:00:00Z",
                 "region": "eu-central-1",
                 "resources": ["arn:aws:scheduler:eu-central-1:123456789012:schedule/default/nightly"],
                 "detail": "{}"}\
                """,
                "detail: is a string, but must be an object; EventBridge Scheduler sends one where a schedule's"
                        + " target has no `Input` of its own");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        []   | an array
        ""   | a string
        5    | a number
        true | true
        """)
    void an_event_is_an_object(String payload, String kind) {
        assertRefused(payload, "event: is " + kind + ", but must be an object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"detail\": {\"a\": 1,}}",
                "{'id': 'a'}",
                "{\"id\": \"a\nb\"}",
                "{\"detail\": {\"n\": NaN}}",
            })
    void what_is_not_json_is_refused_with_its_place(String payload) {
        assertThatThrownBy(() -> Event.parse(payload))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageMatching("event: is not valid JSON \\(line \\d+, column \\d+\\): .+");
    }

    @Test
    void nothing_may_follow_the_event() {
        assertRefused("{} and more", "event: is not valid JSON");
        assertRefused("{} {}", "event: goes on after its end");
    }

    @Test
    void an_event_is_nested_at_most_20_deep() {
        assertThat(Event.parse(nested(18)).detail()).containsKey("x");
        assertRefused(nested(19), "event: is not valid JSON: Document nesting depth (21) exceeds the maximum");
    }

    @Test
    void a_number_has_at_most_1000_digits() {
        String payload = "{\"detail\": {\"selector\": {\"all\": true}, \"maxTargets\": %s}}";

        assertThatThrownBy(() -> read(payload.formatted("9".repeat(1_000))))
                .hasMessageStartingWith("detail.maxTargets: is a number with");
        assertRefused(payload.formatted("9".repeat(1_001)), "event: is not valid JSON: Number value length (1001)");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        byte[] latin1 = "{\"source\": \"ä\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Event.read(new ByteArrayInputStream(latin1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("event: is not UTF-8, but must be a JSON object in UTF-8");
    }

    @Test
    void half_a_surrogate_pair_in_the_detail_is_refused() {
        assertThatThrownBy(() ->
                        read("{\"id\":\"a\",\"detail\":{\"selector\":{\"all\":true},\"description\":\"\\ud83d\"}}"))
                .hasMessageStartingWith(
                        "detail.description: is not Unicode text: half of a surrogate pair stands alone");
    }

    @Test
    void every_character_of_a_description_comes_through() throws IOException {
        String text = IntStream.concat(IntStream.range(0, 0x300), IntStream.of(0x202E, 0x2028, 0xFEFF, 0x1F680))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String escaped = text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
        byte[] payload = "{\"detail\": {\"description\": \"%s\", \"plain\": \"é🚀\"}}"
                .formatted(escaped)
                .getBytes(StandardCharsets.UTF_8);

        assertThat(Event.read(new ByteArrayInputStream(payload)).detail())
                .containsEntry("description", text)
                .containsEntry("plain", "é🚀");
    }

    /** Two objects, the event and its detail, and arrays within. */
    private static String nested(int arrays) {
        return "{\"detail\": {\"x\": " + "[".repeat(arrays) + "]".repeat(arrays) + "}}";
    }

    private static void assertRefused(String payload, String message) {
        assertThatThrownBy(() -> Event.parse(payload))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(message);
    }
}
