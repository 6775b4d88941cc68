package dev.serverbackup.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Any text, where values from outside get into a log line: the message, the context, an exception's message. The layout is
 * that of the deployed {@code log4j2.xml}. A lone half of a surrogate pair has no UTF-8 form; a question mark stands for it.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class LogLineFuzzTest {
    private static final Layout<?> DEPLOYED = ((LoggerContext) LogManager.getContext(false))
            .getConfiguration()
            .getAppender("Json")
            .getLayout();
    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** In libFuzzer's notation. */
    @DictionaryEntries({
        "\\x0d\\x0a",
        "\\xe2\\x80\\xa8",
        "\\x1b",
        "\\\\ud800",
        "\\\\udc00",
        "\\\",\\\"status\\\":\\\"",
        "${jndi:ldap://a}",
        "%d",
        "{}"
    })
    @FuzzTest
    void a_value_from_outside_stays_one_value_on_one_line(byte[] input) throws IOException {
        String text = unescaped(new String(input, StandardCharsets.UTF_8));
        String inUtf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        String written = new String(DEPLOYED.toByteArray(event(text)), StandardCharsets.UTF_8);

        assertThat(written).endsWith("\n");
        String line = written.substring(0, written.length() - 1);
        assertThat(line.chars()).noneMatch(each -> each < ' ');
        JsonNode json = STRICT.readTree(line);
        assertThat(json.path("message").textValue()).isEqualTo(inUtf8);
        assertThat(json.path("runId").textValue()).isEqualTo(inUtf8);
        assertThat(json.path("serverName").textValue()).isEqualTo(inUtf8);
        assertThat(json.path("error").path("message").textValue()).isEqualTo(inUtf8);
        assertThat(json.path("level").textValue()).isEqualTo("ERROR");
    }

    private static LogEvent event(String text) {
        return Log4jLogEvent.newBuilder()
                .setLoggerName("dev.serverbackup.run.BackupAttempt")
                .setLevel(Level.ERROR)
                .setMessage(new SimpleMessage(text))
                .setThrown(new IllegalStateException(text))
                .setContextData(ContextDataFactory.createContextData(Map.of("runId", text, "serverName", text)))
                .build();
    }

    /** Text in which {@code \}{@code uXXXX} stands for a character: halves of surrogate pairs have no other form in a file. */
    private static String unescaped(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(escaped ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(escaped.group(1), 16))));
    }
}
