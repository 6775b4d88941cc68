package dev.serverbackup.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import software.amazon.lambda.powertools.logging.internal.LoggingManagerRegistry;

/** What the deployed {@code log4j2.xml} lets through, whatever {@code POWERTOOLS_LOG_LEVEL} says. */
@Isolated("it turns System.out away, and sets the level of every logger")
@Execution(ExecutionMode.SAME_THREAD)
class LogLevelsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @AfterEach
    void levels_are_as_they_were() {
        LoggingManagerRegistry.getLoggingManager().setLogLevel(Level.INFO);
    }

    /** Their lines show whole requests: session tokens, tags, descriptions. */
    @ParameterizedTest
    @CsvSource({
        "software.amazon.awssdk.auth.signer",
        "software.amazon.awssdk.request",
        "org.apache.http.wire",
        "org.apache.http.headers",
        "any.other.library"
    })
    void of_a_library_only_warnings_are_printed_at_any_level(String logger) throws IOException {
        LoggingManagerRegistry.getLoggingManager().setLogLevel(Level.TRACE);

        assertThat(printed(() -> LoggerFactory.getLogger(logger).info("Authorization")))
                .isEmpty();
        JsonNode line =
                JSON.readTree(printed(() -> LoggerFactory.getLogger(logger).warn("careful")));
        assertThat(line.path("level").textValue()).isEqualTo("WARN");
        assertThat(line.path("message").textValue()).isEqualTo("careful");
    }

    @ParameterizedTest
    @CsvSource({"TRACE, true", "DEBUG, true", "INFO, false"})
    void of_ours_the_level_that_is_named_is_printed(Level named, boolean debugs) {
        LoggingManagerRegistry.getLoggingManager().setLogLevel(named);

        assertThat(printed(() -> LoggerFactory.getLogger("dev.serverbackup.run.EntryRecorder")
                                .debug("said"))
                        .isEmpty())
                .isEqualTo(!debugs);
    }

    @Test
    void a_line_has_powertools_form_but_for_the_context() throws IOException {
        assertThat(template("/LogLine.json")).isEqualTo(template("/LambdaJsonLayout.json"));
    }

    private static JsonNode template(String name) throws IOException {
        try (InputStream file = LogLevelsTest.class.getResourceAsStream(name)) {
            ObjectNode template = (ObjectNode) JSON.readTree(file);
            template.remove("");
            return template;
        }
    }

    private static String printed(Runnable work) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
