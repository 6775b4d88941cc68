package dev.serverbackup.cli.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serverbackup.cli.LineEscapes;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB's values as plain JSON: numbers with every digit, maps with their names in order, sets as lists, bytes in
 * Base64. Control characters are escaped.
 */
final class ItemJson {
    private static final JsonMapper JSON = new JsonMapper(new JsonFactory().setCharacterEscapes(new LineEscapes()));

    private ItemJson() {}

    /** One value on one line. */
    static String compact(AttributeValue value) {
        try {
            return JSON.writeValueAsString(plain(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values can be written", e);
        }
    }

    /** A row's attributes by name, as plain values. */
    static Map<String, Object> plain(Map<String, AttributeValue> members) {
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
}
