package dev.serverbackup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.appender.WriterAppender;

/**
 * What the function prints while this is open: its log lines in the form of log4j2.xml, and whatever anybody else writes
 * to standard output, which is where metrics go. One at a time.
 */
final class PrintedLines implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String APPENDER = "PrintedLines";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream standardOutput = System.out;
    private final LoggerContext log4j = LoggerContext.getContext(false);

    PrintedLines() {
        StringLayout form = (StringLayout)
                log4j.getConfiguration().<Appender>getAppender("Json").getLayout();
        WriterAppender appender = WriterAppender.createAppender(
                form, null, new OutputStreamWriter(bytes, StandardCharsets.UTF_8), APPENDER, false, false);
        appender.start();
        log4j.getConfiguration().getRootLogger().addAppender(appender, null, null);
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
        log4j.getConfiguration().getRootLogger().removeAppender(APPENDER);
    }
}
