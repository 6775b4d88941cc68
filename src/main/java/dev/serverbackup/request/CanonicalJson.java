package dev.serverbackup.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Writes what was asked in one form: keys and values in the order of their UTF-16 units, no space, nothing that was not
 * said. Two requests that ask the same have the same text; a stored hash depends on it, so the form never changes.
 */
final class CanonicalJson {
    private static final JsonFactory JSON = new JsonFactory();

    private CanonicalJson() {}

    static String of(TagSelector selector) {
        return written(json -> write(json, selector));
    }

    static String of(
            Optional<TagSelector> selector,
            Optional<String> description,
            boolean dryRun,
            boolean ignoreHold,
            Optional<Integer> maxTargets,
            Optional<Plan> plan) {
        return written(json -> {
            json.writeStartObject();
            if (description.isPresent()) {
                json.writeStringField("description", description.get());
            }
            if (dryRun) {
                json.writeBooleanField("dryRun", true);
            }
            if (ignoreHold) {
                json.writeBooleanField("ignoreHold", true);
            }
            if (maxTargets.isPresent()) {
                json.writeNumberField("maxTargets", maxTargets.get());
            }
            if (plan.isPresent()) {
                json.writeStringField("plan", plan.get().value());
            }
            if (selector.isPresent()) {
                json.writeFieldName("selector");
                write(json, selector.get());
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, TagSelector selector) throws IOException {
        json.writeStartObject();
        if (selector.all()) {
            json.writeBooleanField("all", true);
        }
        write(json, "excludeTags", selector.excludeTags());
        if (!selector.serverNames().isEmpty()) {
            write(json, "serverNames", selector.serverNames());
        }
        write(json, "tags", selector.tags());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, SortedMap<String, SortedSet<String>> conditions)
            throws IOException {
        if (conditions.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, SortedSet<String>> condition : conditions.entrySet()) {
            write(json, condition.getKey(), condition.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, SortedSet<?> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (Object value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }

    private static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string in memory", e);
        }
        return text.toString();
    }

    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }
}
