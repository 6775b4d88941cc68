package dev.serverbackup.local.people;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB's values as plain JSON: numbers with every digit, maps with their names in order, sets as lists, bytes in
 * Base64. What a terminal could take for an order is escaped, which a reader of JSON does not notice.
 */
final class ItemJson {
    private static final JsonMapper JSON = new JsonMapper(new JsonFactory().setCharacterEscapes(new LineEscapes()));

    private ItemJson() {}

    private record Document(List<Map<String, Object>> rows, boolean more) {}

    /** One document: {@code rows}, each with every attribute, and whether there are {@code more} than the limit. */
    static String document(Found found) {
        var rows = found.rows().stream().map(item -> plain(item.attributes())).toList();
        return written(JSON.writerWithDefaultPrettyPrinter(), new Document(rows, found.more()));
    }

    /** One value on one line. */
    static String compact(AttributeValue value) {
        return written(JSON.writer(), plain(value));
    }

    private static Map<String, Object> plain(Map<String, AttributeValue> members) {
        var plain = new TreeMap<String, Object>();
        members.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static Object plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> new BigDecimal(value.n());
            case BOOL -> value.bool();
            case NUL, UNKNOWN_TO_SDK_VERSION -> null;
            case M -> plain(value.m());
            case L -> value.l().stream().map(each -> plain(each)).toList();
            case SS -> value.ss();
            case NS -> value.ns().stream().map(BigDecimal::new).toList();
            case BS -> value.bs().stream().map(SdkBytes::asByteArray).toList();
            case B -> value.b().asByteArray();
        };
    }

    private static String written(ObjectWriter json, Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values can be written", e);
        }
    }
}
