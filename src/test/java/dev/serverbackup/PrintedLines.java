package dev.serverbackup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the function prints while this is open: its log lines, whose appender follows standard output, and whatever
 * anybody else writes there, metrics for example. One at a time.
 */
final class PrintedLines implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

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
        return lines().stream()
                .map(PrintedLines::json)
                .filter(line -> !line.has("_aws"))
                .toList();
    }

    /** The metrics, in CloudWatch's embedded metric format. */
    List<JsonNode> measured() {
        return lines().stream()
                .map(PrintedLines::json)
                .filter(line -> line.has("_aws"))
                .toList();
    }

    /** The one JSON value that a line is; it fails on anything else. */
    static JsonNode json(String line) {
        try (var parser = JSON.createParser(line)) {
            JsonNode value = parser.readValueAsTree();
            if (value == null || parser.nextToken() != null) {
                throw new AssertionError("not one JSON value: " + line);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        System.setOut(standardOutput);
    }
}
