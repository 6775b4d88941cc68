package dev.serverbackup.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;

/** Refusals for JSON values of another type than the model's. */
final class JsonTypes {

    private JsonTypes() {}

    static JsonNode expect(JsonNode value, JsonNodeType type, String where) {
        if (value.getNodeType() != type) {
            throw mismatch(where, value, wanted(type));
        }
        return value;
    }

    static AwsError mismatch(String where, JsonNode value, String wanted) {
        var message = "%s can not be converted to %s at '%s'".formatted(found(value), wanted, where);
        return new AwsError(AwsErrorType.SERIALIZATION, message);
    }

    private static String wanted(JsonNodeType type) {
        return switch (type) {
            case STRING -> "a String";
            case NUMBER -> "an Integer";
            case BOOLEAN -> "a Boolean";
            case ARRAY -> "a List";
            case OBJECT -> "a Structure";
            case BINARY, MISSING, NULL, POJO -> throw new IllegalArgumentException("no member is a " + type);
        };
    }

    private static String found(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "STRING_VALUE";
            case NUMBER -> value.isIntegralNumber() ? "NUMBER_VALUE" : "DECIMAL_VALUE";
            case BOOLEAN -> value.booleanValue() ? "TRUE_VALUE" : "FALSE_VALUE";
            case ARRAY -> "START_ARRAY";
            case OBJECT -> "START_OBJECT";
            case NULL, MISSING, BINARY, POJO -> "NULL_VALUE";
        };
    }
}
