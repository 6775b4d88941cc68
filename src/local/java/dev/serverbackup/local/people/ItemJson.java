package dev.serverbackup.local.people;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB's values as plain JSON: numbers with every digit, maps with their names in order, sets as lists, bytes in
 * Base64. What a terminal could take for an order is escaped, which a reader of JSON does not notice.
 */
final class ItemJson {
    private static final JsonFactory JSON = new JsonFactory().setCharacterEscapes(new LineEscapes());

    private ItemJson() {}

    /** One document: {@code rows}, each with every attribute, and whether there are {@code more} than the limit. */
    static String document(Found found) {
        return write(true, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("rows");
            for (Item item : found.rows()) {
                write(json, item.attributes());
            }
            json.writeEndArray();
            json.writeBooleanField("more", found.more());
            json.writeEndObject();
        });
    }

    /** One value on one line. */
    static String compact(AttributeValue value) {
        return write(false, json -> write(json, value));
    }

    private static void write(JsonGenerator json, Map<String, AttributeValue> members) throws IOException {
        json.writeStartObject();
        for (var member : new TreeMap<>(members).entrySet()) {
            json.writeFieldName(member.getKey());
            write(json, member.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, AttributeValue value) throws IOException {
        switch (value.type()) {
            case S -> json.writeString(value.s());
            case N -> json.writeNumber(value.n());
            case BOOL -> json.writeBoolean(value.bool());
            case NUL, UNKNOWN_TO_SDK_VERSION -> json.writeNull();
            case M -> write(json, value.m());
            case L -> write(json, value.l());
            case SS ->
                write(json, value.ss().stream().map(AttributeValue::fromS).toList());
            case NS ->
                write(json, value.ns().stream().map(AttributeValue::fromN).toList());
            case BS ->
                write(json, value.bs().stream().map(AttributeValue::fromB).toList());
            case B ->
                json.writeString(Base64.getEncoder().encodeToString(value.b().asByteArray()));
        }
    }

    private static void write(JsonGenerator json, List<AttributeValue> values) throws IOException {
        json.writeStartArray();
        for (AttributeValue value : values) {
            write(json, value);
        }
        json.writeEndArray();
    }

    private static String write(boolean pretty, Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            if (pretty) {
                json.useDefaultPrettyPrinter();
            }
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }
}
