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

/**
 * What the Lambda runtime's own serialiser makes of an event before this code sees it; each row of the table in
 * {@code docs/requests.md} is a test here.
 */
class RuntimeSerialiserTest {
    private static final String DETAIL = "{\"requestId\": \"a\", \"selector\": {\"all\": true}}";
    private static final String TARGETS = "{\"detail\": {\"selector\": {\"all\": true}, \"maxTargets\": %s}}";

    /** Properties of the envelope are told by their exact case; inside the detail an array stays an array. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"id": "a", "id": "b", "detail": {"selector": {"all": 1}, "selector": {"all": true}}} | b
        {"replay-name": "x", "detailType": "x", "requestId": "b", "Detail": {}, "detail": %s} | a
        {"detail": [%s]}                                          | a
        {"Detail": %s}                                            | detail: is missing or empty
        {"detail": null}                                          | detail: is missing or empty
        {"detail": []}                                            | detail: is missing or empty
        {"detail": ""}                                            | detail: is missing or empty
        {"detail": "  "}                                          | detail: is missing or empty
        {"detail": {"selector": {"all": true}, "x": 1}}           | detail.x: is unknown
        {"detail": {"selector": [{"all": true}]}}                 | detail.selector: is [{"all":true}], but must be an object
        null                                                      | event: is null
        []                                                        | event: is null
        ""                                                        | event: is null
        ``                                                        | rejected
        {                                                         | rejected
        5                                                         | rejected
        "x"                                                       | rejected
        {"id": {}}                                                | rejected
        {"detail": {"a": 1,}}                                     | rejected
        {"source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": "{}"} | rejected
        {"detail": "{\\"selector\\": {\\"all\\": true}}"}             | rejected
        {"detail": 5}                                             | rejected
        {"detail": true}                                          | rejected
        {"detail": [null]}                                        | rejected
        {"detail": [[{}]]}                                        | rejected
        {"detail": [{}, {}]}                                      | rejected
        {"time": "yesterday"}                                     | rejected
        {"time": ""}                                              | rejected
        {"time": {}}                                              | rejected
        {"time": "2026-11-22T25:00:00Z"}                          | rejected
        """)
    void an_input_is_a_run_or_is_refused_by_us_or_rejected_before_us(String json, String becomes) {
        String input = json.replace("%s", DETAIL);
        if (becomes.equals("rejected")) {
            assertRejectedBeforeUs(input);
        } else if (becomes.contains(":")) {
            assertRefused(input, becomes);
        } else {
            assertThat(read(input).runId()).hasToString(becomes);
        }
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
