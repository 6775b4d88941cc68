package dev.serverbackup.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.event.KeyValuePair;

/**
 * The form of a log line: level, message, error, what Powertools has put into the context about the invocation, and
 * then the rest of the context and the line's own pairs, sorted by key. A pair goes before the context. Powertools' own
 * encoder leaves control characters as they are, which is no JSON. Thread-safe.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final int USUAL_LENGTH = 1_024;
    /** Buffers are not kept: every virtual thread would keep its own. */
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(new LineEscapes())
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .build();

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final byte[] NOTHING = {};
    private static final String FUNCTION = "function_";
    private static final Set<String> OF_THE_INVOCATION =
            Set.of("cold_start", "sampling_rate", "service", "xray_trace_id", "correlation_id");

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringWriter line = new StringWriter(USUAL_LENGTH);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            write(event, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string in memory", e);
        }
        // By way of a string: half a surrogate pair becomes a question mark here, and does not cost the line.
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(ILoggingEvent event, JsonGenerator json) throws IOException {
        Map<String, String> context = contextOf(event);
        LineMembers.text(json, "level", event.getLevel().toString());
        LineMembers.text(json, "message", event.getFormattedMessage());
        addError(json, event.getThrowableProxy());
        LineMembers.addInvocation(json, context);
        json.writeStringField("timestamp", MILLIS.format(event.getInstant()));
        LineMembers.addIfPresent(json, context, "xray_trace_id");
        LineMembers.addIfPresent(json, context, "correlation_id");
        for (Map.Entry<String, String> each : context.entrySet()) {
            if (!each.getKey().startsWith(FUNCTION) && !OF_THE_INVOCATION.contains(each.getKey())) {
                LineMembers.text(json, each.getKey(), each.getValue());
            }
        }
    }

    private static Map<String, String> contextOf(ILoggingEvent event) {
        Map<String, String> context = new TreeMap<>(event.getMDCPropertyMap());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair each : pairs) {
                context.put(each.key, String.valueOf(each.value));
            }
        }
        return context;
    }

    private static void addError(JsonGenerator json, IThrowableProxy error) throws IOException {
        if (error != null) {
            json.writeObjectFieldStart("error");
            LineMembers.text(json, "message", error.getMessage());
            LineMembers.text(json, "name", error.getClassName());
            LineMembers.text(json, "stack", stackOf(error));
            json.writeEndObject();
        }
    }

    /** As Java itself prints it: Logback's own way takes a dozen classes. */
    private static String stackOf(IThrowableProxy error) {
        StringWriter stack = new StringWriter();
        if (error instanceof ThrowableProxy here) {
            here.getThrowable().printStackTrace(new PrintWriter(stack));
        }
        return stack.toString();
    }
}
