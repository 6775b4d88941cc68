package dev.serverbackup.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.ManualClock;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PutEvents without HTTP around it. JSON is written with single quotes. */
class PutEventsTest {
    private static final String GOOD = entry("acme", "Done", "{}");
    private static final int BESIDE_DETAIL = "acme".length() + "Done".length();

    private final EventBus bus = new EventBus(new ManualClock(Instant.parse("2026-11-20T03:00:00Z")));

    @Test
    void an_accepted_event_has_an_id_and_can_be_read() {
        JsonNode answer =
                put("{'EventBusName': 'arn:aws:events:us-east-1:123456789012:event-bus/operations', 'Source': 'acme',"
                        + " 'DetailType': 'Done', 'Resources': ['r-1'], 'Detail': '{\\'a\\': 1}'}");

        assertThat(answer.get("FailedEntryCount").intValue()).isZero();
        BusEvent event = bus.events().getFirst();
        assertThat(answer.at("/Entries/0/EventId").textValue()).isEqualTo(event.id());
        assertThat(event.bus()).isEqualTo("arn:aws:events:us-east-1:123456789012:event-bus/operations");
        assertThat(event.detail()).isEqualTo("{\"a\": 1}");
        assertThat(event.envelope("123456789012", "us-east-1")).isEqualTo(json("""
            {'version': '0', 'id': '%s', 'detail-type': 'Done', 'source': 'acme', 'account': '123456789012',
             'time': '2026-11-20T03:00:00Z', 'region': 'us-east-1', 'resources': ['r-1'], 'detail': {'a': 1}}
            """.formatted(event.id())));
    }

    @Test
    void a_call_has_one_to_ten_entries_to_buses_with_the_form_of_a_name_or_an_arn() {
        for (int many : new int[] {0, 11}) {
            refused(Collections.nCopies(many, GOOD).toArray(String[]::new));
        }
        for (String bus : List.of("", "two words", "arn:aws:events:us-east-1:1:event-bus/b")) {
            refused("{'EventBusName': '%s', 'Source': 'acme', 'DetailType': 'Done', 'Detail': '{}'}".formatted(bus));
        }
    }

    @Test
    void the_entries_of_a_call_may_have_256_kilobytes_together_in_all_members_and_no_byte_more() {
        int rest = EventBus.LARGEST_CALL / 2 - BESIDE_DETAIL;
        String half = entry("acme", "Done", detailOf(rest));

        put(half, half);
        assertThat(bus.events()).hasSize(2).extracting(BusEvent::bus).containsOnly("default");
        assertThat(bus.events()).extracting(BusEvent::id).doesNotHaveDuplicates();
        refused(half, entry("acme", "Done", detailOf(rest + 1)));
        refused(half, entry("acmé", "Done", detailOf(rest)));
        refused(half, half.replace("'Source'", "'Time': 1.5e9, 'Source'"));
        refused(half, half.replace("'Source'", "'Resources': ['r'], 'Source'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Source", "DetailType", "Detail"})
    void an_entry_that_lacks_a_member_is_refused_by_itself(String member) {
        JsonNode answer = put(GOOD, GOOD.replace("'" + member + "'", "'Other'"), GOOD);

        assertThat(answer.get("FailedEntryCount").intValue()).isEqualTo(1);
        assertThat(answer.at("/Entries/0").has("EventId")).isTrue();
        assertThat(answer.at("/Entries/1/ErrorCode").textValue()).isEqualTo("InvalidArgument");
        assertThat(answer.at("/Entries/1/ErrorMessage").textValue())
                .isEqualTo("Parameter %1$s is not valid. Reason: %1$s is a required argument.".formatted(member));
        assertThat(answer.at("/Entries/2").has("EventId")).isTrue();
        assertThat(bus.events()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "acme, [], MalformedDetail",
        "acme, null, MalformedDetail",
        "acme, {, MalformedDetail",
        "acme, {} {}, MalformedDetail",
        "acme, text, MalformedDetail",
        "aws.events, {}, NotAuthorizedForSourceException"
    })
    void a_detail_that_is_no_json_object_is_malformed_and_nobody_may_speak_for_aws(
            String source, String detail, String code) {
        JsonNode answer = put(entry(source, "Done", detail));

        assertThat(answer.at("/Entries/0/ErrorCode").textValue()).isEqualTo(code);
        assertThat(bus.events()).isEmpty();
    }

    private JsonNode put(String... entries) {
        return bus.perform("PutEvents", InputReader.of(json("{'Entries': [" + String.join(", ", entries) + "]}")));
    }

    private void refused(String... entries) {
        var before = bus.events();
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> put(entries))
                .satisfies(error -> assertThat(error.type()).isEqualTo(AwsErrorType.VALIDATION));
        assertThat(bus.events()).isEqualTo(before);
    }

    private static String entry(String source, String detailType, String detail) {
        return "{'Source': '%s', 'DetailType': '%s', 'Detail': '%s'}".formatted(source, detailType, detail);
    }

    /** A JSON object of so many bytes. */
    private static String detailOf(int bytes) {
        return "{" + " ".repeat(bytes - 2) + "}";
    }

    /** Within a text, a single quote is written {@code \'}. */
    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper()
                    .readTree(text.replace("\\'", "\0").replace('\'', '"').replace("\0", "\\\""));
        } catch (JsonProcessingException mistake) {
            throw new AssertionError(mistake);
        }
    }
}
