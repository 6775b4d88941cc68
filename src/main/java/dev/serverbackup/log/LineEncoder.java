package dev.serverbackup.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.event.KeyValuePair;

/**
 * The form of a log line: level, message, error, what Powertools has put into the context about the invocation, and then
 * the rest of the context and the line's own pairs, sorted by key. A pair goes before the context. Powertools' own encoder
 * leaves control characters as they are, which is no JSON. Thread-safe.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
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
        Map<String, String> context = contextOf(event);
        JsonLine line = new JsonLine();
        line.text("level", event.getLevel().toString());
        line.text("message", event.getFormattedMessage());
        addError(line, event.getThrowableProxy());
        addInvocation(line, context);
        line.instant("timestamp", event.getInstant());
        addIfPresent(line, context, "xray_trace_id");
        addIfPresent(line, context, "correlation_id");
        for (Map.Entry<String, String> each : context.entrySet()) {
            if (!each.getKey().startsWith(FUNCTION) && !OF_THE_INVOCATION.contains(each.getKey())) {
                line.text(each.getKey(), each.getValue());
            }
        }
        return line.end();
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

    private static void addError(JsonLine line, IThrowableProxy error) {
        if (error != null) {
            line.open("error");
            line.text("message", error.getMessage());
            line.text("name", error.getClassName());
            line.text("stack", stackOf(error));
            line.close();
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

    /** Outside an invocation the texts are there too, as {@code null}. */
    private static void addInvocation(JsonLine line, Map<String, String> context) {
        String coldStart = context.get("cold_start");
        if (coldStart != null) {
            line.flag("cold_start", Boolean.parseBoolean(coldStart));
        }
        line.text("function_arn", context.get("function_arn"));
        addMemory(line, context.get("function_memory_size"));
        line.text("function_name", context.get("function_name"));
        line.text("function_request_id", context.get("function_request_id"));
        line.text("function_version", context.get("function_version"));
        addSampling(line, context.get("sampling_rate"));
        line.text("service", context.get("service"));
    }

    private static void addMemory(JsonLine line, String megabytes) {
        if (megabytes == null) {
            return;
        }
        try {
            line.number("function_memory_size", Integer.parseInt(megabytes));
        } catch (NumberFormatException e) {
            line.text("function_memory_size", megabytes);
        }
    }

    /** Powertools says 0.0 where nothing is sampled. What is no number stays a text: a line is not lost for it. */
    private static void addSampling(JsonLine line, String rate) {
        if (rate == null) {
            return;
        }
        try {
            float share = Float.parseFloat(rate);
            if (share > 0 && Float.isFinite(share)) {
                line.number("sampling_rate", share);
            }
        } catch (NumberFormatException e) {
            line.text("sampling_rate", rate);
        }
    }

    private static void addIfPresent(JsonLine line, Map<String, String> context, String key) {
        String value = context.get(key);
        if (value != null) {
            line.text(key, value);
        }
    }
}
