package dev.serverbackup.request;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Binds JSON to records strictly: each property has exactly one type, nothing is converted, and unknown properties and
 * nulls are refused. An error names the property's path and says what is allowed.
 */
final class JsonRecords {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final int SHOWN = 60;
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private JsonRecords() {}

    /**
     * Reads a record from a text with one JSON object, in which no key occurs twice.
     *
     * @param root the name of the text in error messages
     * @throws InvalidRequestException naming the path, or line and column of what is not JSON
     */
    static <T extends Record> T parse(String root, String text, Class<T> type) {
        try {
            return bind(root, STRICT.readTree(text), type);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation(); // null if a limit of the parser was exceeded
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw new InvalidRequestException(
                    root, "is not valid JSON" + where + ", but must be one JSON object in which no key stands twice");
        }
    }

    /**
     * Reads a record from a decoded JSON object.
     *
     * @param root the name of the object in error messages
     * @param object maps, lists, strings, numbers and booleans, as Lambda's serialiser makes them
     * @throws InvalidRequestException naming the path
     */
    static <T extends Record> T convert(String root, Map<String, Object> object, Class<T> type) {
        try {
            return bind(root, STRICT.valueToTree(object), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("only text has a syntax to be wrong", e);
        }
    }

    private static <T> T bind(String root, JsonNode tree, Class<T> type) throws JsonProcessingException {
        try {
            T bound = STRICT.treeToValue(tree, type);
            refuseNull(root, tree);
            return bound;
        } catch (UnrecognizedPropertyException e) {
            throw unknown(path(root, e), e);
        } catch (MismatchedInputException e) {
            String found = SafeText.shown(at(tree, e).toString(), SHOWN);
            throw new InvalidRequestException(
                    path(root, e), "is " + found + ", but must be " + allowed(e.getTargetType()));
        }
    }

    /** Jackson treats a property that is null like one that is absent. */
    private static void refuseNull(String path, JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            throw new InvalidRequestException(path, "is null, but must have a value or be left out");
        }
        node.properties().forEach(member -> refuseNull(path + step(member.getKey()), member.getValue()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            refuseNull(path + step(i), node.get(i));
        }
    }

    private static InvalidRequestException unknown(String path, UnrecognizedPropertyException e) {
        List<String> known =
                e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
        String meant = Closest.to(e.getPropertyName(), known)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse(";");
        return new InvalidRequestException(path, "is unknown" + meant + " allowed are " + String.join(", ", known));
    }

    private static String allowed(Class<?> wanted) {
        if (Collection.class.isAssignableFrom(wanted)) {
            return "an array of strings";
        }
        return Map.<Class<?>, String>of(
                        String.class, "a string",
                        Boolean.class, "true or false, without quotes",
                        BigInteger.class, "an integer from 1 to " + BackupRequest.MAX_TARGETS)
                .getOrDefault(wanted, "an object");
    }

    private static JsonNode at(JsonNode tree, JsonMappingException e) {
        JsonNode node = tree;
        for (JsonMappingException.Reference step : e.getPath()) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node;
    }

    private static String path(String root, JsonMappingException e) {
        StringBuilder path = new StringBuilder(root);
        for (JsonMappingException.Reference step : e.getPath()) {
            path.append(step.getFieldName() == null ? step(step.getIndex()) : step(step.getFieldName()));
        }
        return path.toString();
    }

    /** The path step of a property; a key with other characters is quoted. */
    static String step(String key) {
        return PLAIN_KEY.matcher(key).matches() ? "." + key : "[" + SafeText.quoted(key) + "]";
    }

    /** The path step of an element. */
    static String step(int index) {
        return "[" + index + "]";
    }
}
