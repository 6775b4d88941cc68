package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.decoded;
import static dev.serverbackup.request.SampleEvents.read;
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

    @Test
    void the_properties_of_the_envelope_are_told_by_their_exact_case() {
        assertRefused("{\"Detail\": %s}".formatted(DETAIL), "detail: is missing or empty");
    }

    @Test
    void an_unknown_property_inside_the_detail_reaches_us() {
        assertRefused("{\"detail\": {\"selector\": {\"all\": true}, \"x\": 1}}", "detail.x: is unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\"", "\"  \""})
    void an_empty_detail_of_another_type_is_no_detail(String detail) {
        assertRefused("{\"detail\": %s}".formatted(detail), "detail: is missing or empty");
    }

    @Test
    void a_detail_that_is_an_array_of_one_object_is_that_object() {
        assertThat(read("{\"detail\": [%s]}".formatted(DETAIL)).runId()).hasToString("a");
    }

    @Test
    void inside_the_detail_an_array_stays_an_array() {
        assertRefused(
                "{\"detail\": {\"selector\": [{\"all\": true}]}}",
                "detail.selector: is [{\"all\":true}], but must be an object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"{}\"",
                "\"{\\\"selector\\\": {\\\"all\\\": true}}\"",
                "5",
                "true",
                "[null]",
                "[[{}]]",
                "[{}, {}]",
            })
    void a_detail_of_another_type_is_rejected_before_us(String detail) {
        assertRejectedBeforeUs("{\"detail\": %s}".formatted(detail));
    }

    @Test
    void the_default_event_of_eventbridge_scheduler_is_rejected_before_us() {
        assertRejectedBeforeUs("""
            {"version": "0", "id": "d32c5b94-6d6c-4a4b-8a4b-3d1e6a3e8f6a", "detail-type": "Scheduled Event",
             "source": "aws.scheduler", "account": "123456789012", "time": "2026-11-22T02:00:00Z",
             "region": "eu-central-1",
             "resources": ["arn:aws:scheduler:eu-central-1:123456789012:schedule/default/nightly"],
             "detail": "{}"}\
            """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yesterday\"", "\"\"", "{}", "\"2026-11-22T25:00:00Z\""})
    void a_bad_time_is_rejected_before_us_even_where_we_need_none(String time) {
        assertRejectedBeforeUs("{\"time\": %s, \"detail\": %s}".formatted(time, DETAIL));
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
        5     | 5
        true  | true
        ["x"] | x
        """)
    void an_id_of_another_type_becomes_a_string(String id, String read) {
        assertThat(decoded("{\"id\": %s}".formatted(id)).getId()).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({"\"x\", x", "[5], 5"})
    void resources_of_another_type_become_a_list_of_strings(String resources, String read) {
        assertThat(decoded("{\"resources\": %s}".formatted(resources)).getResources())
                .containsExactly(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\""})
    void no_event_is_null(String json) {
        assertRefused(json, "event: is null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "5", "\"x\"", "{\"id\": {}}", "{\"detail\": {\"a\": 1,}}"})
    void what_is_not_json_or_not_an_event_is_rejected_before_us(String json) {
        assertRejectedBeforeUs(json);
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

    @Test
    void a_number_has_at_most_1000_digits() {
        String detail = "{\"detail\": {\"selector\": {\"all\": true}, \"maxTargets\": %s}}";

        assertRefused(detail.formatted("9".repeat(1_000)), "detail.maxTargets: is 9999");
        assertRejectedBeforeUs(detail.formatted("9".repeat(1_001)));
    }

    @Test
    void a_number_beyond_double_is_infinite_and_refused_by_us() {
        assertThat(decoded("{\"detail\": {\"n\": 1e400}}").getDetail()).containsEntry("n", Double.POSITIVE_INFINITY);
        assertRefused(
                "{\"detail\": {\"selector\": {\"all\": true}, \"maxTargets\": 1e400}}",
                "detail.maxTargets: is \"Infinity\", but must be an integer");
    }

    @Test
    void half_a_surrogate_pair_reaches_us_and_is_refused() {
        assertRefused(
                "{\"id\": \"a\", \"detail\": {\"selector\": {\"all\": true}, \"description\": \"\\ud83d\"}}",
                "detail.description: is not Unicode text: half of a surrogate pair stands alone in \"\\uD83D\"");
    }

    @Test
    void every_character_of_a_description_comes_through() {
        List<Integer> some = IntStream.concat(IntStream.range(0, 0x300), IntStream.of(0x202E, 0x2028, 0xFEFF, 0x1F680))
                .boxed()
                .toList();
        String text = some.stream().map(Character::toString).collect(Collectors.joining());
        String escaped = text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());

        assertThat(read("{\"id\": \"a\", \"detail\": {\"selector\": {\"all\": true}, \"description\": \"%s\"}}"
                                .formatted(escaped))
                        .description())
                .isEqualTo(text);
    }

    /** Two objects, the event and its detail, and arrays within. */
    private static String nested(int arrays) {
        return "{\"detail\": {\"x\": " + "[".repeat(arrays) + "]".repeat(arrays) + "}}";
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
