package dev.serverbackup.audit.dynamodb;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The size of an item in bytes, by DynamoDB's rules (developer guide, "DynamoDB item sizes and formats"). */
final class ItemSize {
    /** DynamoDB's limit for an item. */
    static final long MOST = 400L * 1024;

    private static final long COLLECTION = 3;
    private static final long ELEMENT = 1;

    private ItemSize() {}

    /** Names and values together. */
    static long of(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToLong(attribute -> utf8(attribute.getKey()) + of(attribute.getValue()))
                .sum();
    }

    static long of(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> number(value.n());
            case BOOL, NUL -> 1;
            case L -> COLLECTION + list(value.l());
            case M -> COLLECTION + of(value.m()) + ELEMENT * value.m().size();
            case SS, NS, BS, B, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("no attribute of the audit table is a " + value.type());
        };
    }

    private static long list(List<AttributeValue> elements) {
        return elements.stream().mapToLong(element -> ELEMENT + of(element)).sum();
    }

    /** An upper bound: a byte for two digits, one more, and one for the sign. */
    private static long number(String value) {
        return new BigDecimal(value).precision() / 2 + 3L;
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
