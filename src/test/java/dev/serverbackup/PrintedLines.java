package dev.serverbackup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the function prints while this is open: its log lines, whose appender follows standard output, and whatever
 * anybody else writes there, metrics for example. One at a time.
 */
final class PrintedLines implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream standardOutput = System.out;

    PrintedLines() {
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    /** Every line, none of them empty. */
    List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The log lines. */
    List<JsonNode> logged() {
        return json(false);
    }

    /** The metrics, in CloudWatch's embedded metric format. */
    List<JsonNode> measured() {
        return json(true);
    }

    private List<JsonNode> json(boolean metrics) {
        return lines().stream()
                .map(PrintedLines::json)
                .filter(line -> line.has("_aws") == metrics)
                .toList();
    }

    /** The one JSON value that a line is; it fails on anything else. */
    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    @Override
    public void close() {
        System.setOut(standardOutput);
    }
}
