package dev.serverbackup.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class LineEncoderTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final LoggingEvent event = Events.event("said");

    private String line() {
        return lineOf(event);
    }

    private static String lineOf(LoggingEvent event) {
        return new String(new LineEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    @Test
    void a_line_of_an_invocation_has_all_that_powertools_knows_of_it() {
        event.setInstant(NOON);
        event.setMDCPropertyMap(Map.of(
                "function_name", "backup",
                "function_version", "7",
                "function_arn", "arn:aws:lambda",
                "function_memory_size", "1024",
                "function_request_id", "request-1",
                "cold_start", "true",
                "service", "server-backup",
                "sampling_rate", "0.25",
                "xray_trace_id", "1-2-3",
                "correlation_id", "c-1"));

        assertThat(line()).isEqualTo("""
            {"level":"INFO","message":"said","cold_start":true,"function_arn":"arn:aws:lambda",\
            "function_memory_size":1024,"function_name":"backup","function_request_id":"request-1",\
            "function_version":"7","sampling_rate":0.25,"service":"server-backup",\
            "timestamp":"2026-03-01T12:00:00.000Z","xray_trace_id":"1-2-3","correlation_id":"c-1"}
            """);
    }

    @Test
    void outside_an_invocation_its_texts_are_null() {
        event.setInstant(NOON.plusMillis(7));

        assertThat(line()).isEqualTo("""
            {"level":"INFO","message":"said","function_arn":null,"function_name":null,"function_request_id":null,\
            "function_version":null,"service":null,"timestamp":"2026-03-01T12:00:00.007Z"}
            """);
    }

    @Test
    void context_and_pairs_come_last_sorted_by_key() {
        event.setMDCPropertyMap(Map.of("runId", "nightly", "serverName", "alpha"));
        event.setKeyValuePairs(List.of(new KeyValuePair("status", "STARTED"), new KeyValuePair("attempts", 2)));

        assertThat(line()).endsWith("""
            Z","attempts":"2","runId":"nightly","serverName":"alpha","status":"STARTED"}
            """);
    }

    @Test
    void a_pair_goes_before_the_context() {
        event.setMDCPropertyMap(Map.of("runId", "outer"));
        event.setKeyValuePairs(List.of(new KeyValuePair("runId", "own")));

        assertThat(line()).endsWith(",\"runId\":\"own\"}\n");
    }

    @Test
    void what_looks_like_a_number_stays_a_text() {
        event.setMDCPropertyMap(Map.of("serverName", "12", "runId", "true"));

        assertThat(line()).endsWith(",\"runId\":\"true\",\"serverName\":\"12\"}\n");
    }

    @Test
    void a_value_that_is_not_there_is_null() {
        Map<String, String> context = new HashMap<>();
        context.put("serverName", null);
        event.setMDCPropertyMap(context);

        assertThat(line()).endsWith(",\"serverName\":null}\n");
    }

    @Test
    void where_nothing_is_sampled_there_is_no_rate() {
        event.setMDCPropertyMap(Map.of("sampling_rate", "0.0"));

        assertThat(read(line()).has("sampling_rate")).isFalse();
    }

    @Test
    void a_number_that_is_none_stays_a_text_and_does_not_cost_the_line() {
        event.setMDCPropertyMap(Map.of("sampling_rate", "a tenth", "function_memory_size", "1 GB"));

        assertThat(read(line()).get("sampling_rate").textValue()).isEqualTo("a tenth");
        assertThat(read(line()).get("function_memory_size").textValue()).isEqualTo("1 GB");
        assertThat(read(line()).get("message").textValue()).isEqualTo("said");
    }

    @Test
    void an_error_has_its_message_its_class_and_a_stack_trace_with_causes() {
        var error = new IllegalStateException("no", new IOException("line\nbreak"));

        JsonNode logged =
                read(lineOf(Events.event(Level.ERROR, "failed", error))).path("error");

        assertThat(logged.path("message").textValue()).isEqualTo("no");
        assertThat(logged.path("name").textValue()).isEqualTo("java.lang.IllegalStateException");
        assertThat(logged.path("stack").textValue())
                .startsWith("java.lang.IllegalStateException: no\n\tat " + LineEncoderTest.class.getName())
                .contains("\nCaused by: java.io.IOException: line\nbreak\n")
                .endsWith("\n");
    }

    @Test
    void an_error_without_a_message_has_none() {
        JsonNode logged = read(lineOf(Events.event(Level.ERROR, "failed", new IllegalStateException())));

        assertThat(logged.at("/error/message").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "0 \\u0000",
                "1b \\u001B",
                "8 \\b",
                "9 \\t",
                "a \\n",
                "c \\f",
                "d \\r",
                "22 \\\"",
                "5c \\\\",
                "7f \\u007F",
                "85 \\u0085",
                "9f \\u009F",
                "202e \\u202E",
                "2028 \\u2028",
                "2029 \\u2029",
                "d800 ?",
                "dc00 ?"
            })
    void what_could_break_a_line_is_escaped_and_half_a_pair_is_a_question_mark(String character, String written) {
        event.setMDCPropertyMap(Map.of("runId", "a" + (char) Integer.parseInt(character, 16) + "z"));

        assertThat(line()).endsWith(",\"runId\":\"a" + written + "z\"}\n");
    }

    @Test
    void other_text_is_written_as_it_is() {
        event.setMDCPropertyMap(Map.of("runId", "é \u00a0/<'\ud83d\ude00"));

        assertThat(line()).endsWith(",\"runId\":\"é \u00a0/<'\ud83d\ude00\"}\n");
    }

    @Test
    void a_key_is_escaped_too() {
        event.setMDCPropertyMap(Map.of("a\"\n", "v"));

        assertThat(line()).endsWith(",\"a\\\"\\n\":\"v\"}\n");
    }

    @Test
    void a_text_of_200_000_characters_is_kept() {
        String longest = "\n".repeat(200_000);

        assertThat(read(lineOf(Events.event(longest))).path("message").textValue())
                .isEqualTo(longest);
    }

    @Test
    void of_a_longer_text_an_ellipsis_stands_for_the_rest() {
        String line = lineOf(Events.event(Level.ERROR, "x".repeat(200_001), new IOException("y".repeat(300_000))));

        assertThat(read(line).path("message").textValue()).isEqualTo("x".repeat(200_000) + "…");
        assertThat(read(line).at("/error/stack").textValue()).hasSize(200_001).endsWith("y…");
    }
}
