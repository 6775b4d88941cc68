package dev.serverbackup.cli.audit;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB's values as plain Java ones, by another way than the code under test. */
final class PlainValue {
    private PlainValue() {}

    static Map<String, Object> of(Map<String, AttributeValue> item) {
        Map<String, Object> plain = new LinkedHashMap<>();
        item.forEach((name, value) -> plain.put(name, of(value)));
        return plain;
    }

    private static Object of(AttributeValue value) {
        if (value.hasM()) {
            return of(value.m());
        }
        if (value.hasL()) {
            return value.l().stream().map(PlainValue::of).toList();
        }
        if (value.n() != null) {
            return new BigDecimal(value.n()).intValueExact();
        }
        return value.bool() != null ? value.bool() : value.s();
    }
}
