package dev.serverbackup.log;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/** The members of a log line that its context gives, by the names and types that Powertools' lines have. */
final class LineMembers {
    /** The longest text, in UTF-16 units: of a longer one an ellipsis stands for the rest. */
    private static final int LONGEST = 200_000;

    private LineMembers() {}

    /** Outside an invocation the texts are there too, as {@code null}. */
    static void addInvocation(JsonGenerator json, Map<String, String> context) throws IOException {
        String coldStart = context.get("cold_start");
        if (coldStart != null) {
            json.writeBooleanField("cold_start", Boolean.parseBoolean(coldStart));
        }
        text(json, "function_arn", context.get("function_arn"));
        addMemory(json, context.get("function_memory_size"));
        text(json, "function_name", context.get("function_name"));
        text(json, "function_request_id", context.get("function_request_id"));
        text(json, "function_version", context.get("function_version"));
        addSampling(json, context.get("sampling_rate"));
        text(json, "service", context.get("service"));
    }

    private static void addMemory(JsonGenerator json, String megabytes) throws IOException {
        if (megabytes == null) {
            return;
        }
        try {
            json.writeNumberField("function_memory_size", Integer.parseInt(megabytes));
        } catch (NumberFormatException e) {
            text(json, "function_memory_size", megabytes);
        }
    }

    /** Powertools says 0.0 where nothing is sampled. What is no number stays a text: a line is not lost for it. */
    private static void addSampling(JsonGenerator json, String rate) throws IOException {
        if (rate == null) {
            return;
        }
        try {
            float share = Float.parseFloat(rate);
            if (share > 0 && Float.isFinite(share)) {
                json.writeNumberField("sampling_rate", share);
            }
        } catch (NumberFormatException e) {
            text(json, "sampling_rate", rate);
        }
    }

    static void addIfPresent(JsonGenerator json, Map<String, String> context, String key) throws IOException {
        String value = context.get(key);
        if (value != null) {
            text(json, key, value);
        }
    }

    /** @param value {@code null} is written as such */
    static void text(JsonGenerator json, String key, String value) throws IOException {
        boolean fits = value == null || value.length() <= LONGEST;
        json.writeStringField(key, fits ? value : value.substring(0, LONGEST) + '…');
    }
}
