package dev.serverbackup.request;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An EventBridge event, as far as it says who asks, when and for what. A direct invocation sends the same shape with
 * {@code detail} alone. Of the envelope nothing is needed yet, and what is unknown there is ignored; what is known has
 * one type.
 *
 * @param time as it was written, ISO 8601 if it is EventBridge's own
 * @param detail as JSON gave it: maps, lists, strings, numbers, booleans, nulls; empty if there was none
 */
public record Event(
        Optional<String> id,
        Optional<String> source,
        Optional<String> detailType,
        Optional<String> time,
        List<String> resources,
        Map<String, Object> detail) {
    /** What says nothing: of an invocation without a payload. */
    public static final Event NONE =
            new Event(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Map.of());

    private static final int MOST_RESOURCES = 100;

    public Event {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(detailType, "detail type");
        Objects.requireNonNull(time, "time");
        resources = List.copyOf(resources);
        Objects.requireNonNull(detail, "detail");
    }

    /**
     * Reads an invocation's payload: JSON in UTF-8, no key twice, at most 20 levels deep.
     *
     * @throws InvalidRequestException naming what is wrong and what it may be
     * @throws IOException if the stream can't be read
     */
    public static Event read(InputStream payload) throws IOException {
        byte[] bytes = payload.readAllBytes();
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException("event", "is not UTF-8, but must be a JSON object in UTF-8");
        }
    }

    /** The same from text. */
    public static Event parse(String payload) {
        if (payload.isBlank()) {
            return NONE;
        }
        JsonValue event = StrictJson.read("event", payload);
        return event.value() == null ? NONE : of(event.anyObject());
    }

    private static Event of(Map<?, ?> envelope) {
        return new Event(
                text(envelope, "id"),
                text(envelope, "source"),
                text(envelope, "detail-type"),
                text(envelope, "time"),
                resources(new JsonValue("resources", envelope.get("resources"))),
                detail(new JsonValue("detail", envelope.get("detail"))));
    }

    private static Optional<String> text(Map<?, ?> envelope, String name) {
        Object value = envelope.get(name);
        return value == null ? Optional.empty() : Optional.of(new JsonValue(name, value).anyText());
    }

    private static List<String> resources(JsonValue given) {
        return given.value() == null
                ? List.of()
                : given.elements(MOST_RESOURCES).stream()
                        .map(JsonValue::anyText)
                        .toList();
    }

    private static Map<String, Object> detail(JsonValue given) {
        if (given.value() instanceof String) {
            throw given.refused("is a string, but must be an object; EventBridge Scheduler sends one where a schedule's"
                    + " target has no `Input` of its own");
        }
        return given.value() == null ? Map.of() : withStringKeys(given.anyObject());
    }

    /** JSON's keys are strings anyway; this says so to the compiler. */
    private static Map<String, Object> withStringKeys(Map<?, ?> object) {
        Map<String, Object> members = new LinkedHashMap<>();
        object.forEach((key, value) -> members.put(String.valueOf(key), value));
        return members;
    }
}
