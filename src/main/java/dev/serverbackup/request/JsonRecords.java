package dev.serverbackup.request;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
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
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Binds JSON to records strictly: each property is of exactly one type, nothing is converted, and what is unknown or null
 * is refused. Refusals name the property by its path and say in words of our own what it may be.
 */
final class JsonRecords {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> Stream.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                            .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private JsonRecords() {}

    /**
     * The record that a text holds as one JSON object, in which no key stands twice.
     *
     * @param root what the text is called in refusals
     * @throws InvalidRequestException naming the path, or line and column of what is not JSON
     */
    static <T extends Record> T parse(String root, String text, Class<T> type) {
        if (text.startsWith(BYTE_ORDER_MARK)) {
            throw new InvalidRequestException(root, "begins with a byte order mark (U+FEFF); it must begin with {");
        }
        try {
            return bind(root, STRICT.readTree(text), type);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation(); // absent where a limit of the parser was exceeded
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw new InvalidRequestException(
                    root, "is not valid JSON" + where + ", but must be one JSON object in which no key stands twice");
        }
    }

    /**
     * The record that a decoded JSON object is.
     *
     * @param root what the object is called in refusals
     * @param object maps, lists, strings, numbers, booleans and nulls
     * @throws InvalidRequestException naming the path
     */
    static <T extends Record> T convert(String root, Map<String, Object> object, Class<T> type) {
        JsonNode tree;
        try {
            tree = STRICT.valueToTree(object);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(root, "holds what JSON does not know, or is nested more than 1000 deep");
        }
        return bind(root, tree, type);
    }

    private static <T> T bind(String root, JsonNode tree, Class<T> type) {
        try {
            if (!tree.isObject()) {
                throw new InvalidRequestException(root, mismatch(tree, type));
            }
            T bound = STRICT.treeToValue(tree, type);
            refuseNulls(root, tree, type);
            return bound;
        } catch (UnrecognizedPropertyException e) {
            throw unknown(path(root, e), e);
        } catch (MismatchedInputException e) {
            throw new InvalidRequestException(path(root, e), mismatch(at(tree, e), wanted(e)));
        } catch (JacksonException e) {
            throw new InvalidRequestException(root, "can't be read as " + type.getSimpleName());
        }
    }

    /** Jackson takes a null for what was not said; of what a map or list holds it refuses nulls itself. */
    private static void refuseNulls(String path, JsonNode tree, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode found = tree.path(component.getName());
            String at = path + step(component.getName());
            if (found.isNull()) {
                throw new InvalidRequestException(at, mismatch(found, component.getType()));
            }
            if (component.getType().isRecord() && found.isObject()) {
                refuseNulls(at, found, component.getType());
            }
        }
    }

    private static InvalidRequestException unknown(String path, UnrecognizedPropertyException e) {
        List<String> known = Stream.of(e.getReferringClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        String meant = Closest.to(e.getPropertyName(), known)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse(";");
        return new InvalidRequestException(path, "is unknown" + meant + " allowed are " + String.join(", ", known));
    }

    /** Of a null in a list Jackson tells the list's type, not the element's. */
    private static Class<?> wanted(MismatchedInputException e) {
        boolean element = !e.getPath().isEmpty() && e.getPath().getLast().getFieldName() == null;
        return element ? String.class : e.getTargetType();
    }

    private static String mismatch(JsonNode found, Class<?> wanted) {
        String fault = "is " + kind(found) + ", but must be " + allowed(wanted);
        return found.isTextual() && Collection.class.isAssignableFrom(wanted)
                ? fault + ": write [" + OutsideText.quoted(found.textValue()) + "]"
                : fault;
    }

    private static String allowed(Class<?> wanted) {
        if (Collection.class.isAssignableFrom(wanted)) {
            return "an array of strings";
        }
        if (wanted == Boolean.class) {
            return "true or false, without quotes";
        }
        if (wanted == Number.class) {
            return "an integer from 1 to " + BackupRequest.MAX_TARGETS;
        }
        return wanted == String.class ? "a string" : "an object";
    }

    private static String kind(JsonNode found) {
        return switch (found.getNodeType()) {
            case NULL, MISSING -> "null";
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case BOOLEAN -> found.asText();
            case NUMBER ->
                found.isIntegralNumber() && found.canConvertToLong()
                        ? "a number"
                        : "a number with a fraction, an exponent or too many digits";
            case BINARY, POJO -> "not JSON";
        };
    }

    private static JsonNode at(JsonNode tree, JsonMappingException e) {
        JsonNode node = tree;
        for (JsonMappingException.Reference step : e.getPath()) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node instanceof MissingNode ? MissingNode.getInstance() : node;
    }

    private static String path(String root, JsonMappingException e) {
        StringBuilder path = new StringBuilder(root);
        for (JsonMappingException.Reference step : e.getPath()) {
            path.append(step.getFieldName() == null ? step(step.getIndex()) : step(step.getFieldName()));
        }
        return path.toString();
    }

    /** How a path goes on to a property; a key that is not a plain word is quoted. */
    static String step(String key) {
        return PLAIN_KEY.matcher(key).matches() ? "." + key : "[" + OutsideText.quoted(key) + "]";
    }

    /** How a path goes on to an element. */
    static String step(int index) {
        return "[" + index + "]";
    }
}
