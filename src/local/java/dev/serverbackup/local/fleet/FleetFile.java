package dev.serverbackup.local.fleet;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.serverbackup.request.Closest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads the fleet file: JSON, in which comments are allowed and every property may be left out but the names. */
public final class FleetFile {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new SimpleModule().addDeserializer(Duration.class, new DurationReader()))
            .enable(JsonParser.Feature.ALLOW_COMMENTS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withConfigOverride(List.class, list -> list.setSetterInfo(leftOutIsEmpty()))
            .withConfigOverride(Map.class, map -> map.setSetterInfo(leftOutIsEmpty()))
            .build();

    private FleetFile() {}

    /**
     * The fleet that is written in a file.
     *
     * @throws FleetException if it is not there, or no fleet
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Fleet read(Path file) {
        return parse(TextFile.read("fleet file", file));
    }

    /** The fleet that is written in {@code json}, refused with a {@link FleetException} if it is none. */
    public static Fleet parse(String json) {
        try {
            return bound(JSON.readTree(json));
        } catch (JsonProcessingException mistake) {
            throw FleetException.noJson(mistake);
        }
    }

    private static Fleet bound(JsonNode tree) throws JsonProcessingException {
        if (!tree.isObject()) {
            throw new FleetException("", "must be an object, but is " + tree);
        }
        try {
            return JSON.treeToValue(tree, Fleet.class);
        } catch (UnrecognizedPropertyException mistake) {
            throw new FleetException(path(mistake), unknown(mistake));
        } catch (MismatchedInputException mistake) {
            throw new FleetException(path(mistake), mismatched(tree, mistake));
        } catch (JsonMappingException mistake) {
            throw new FleetException(
                    path(mistake),
                    mistake.getCause() instanceof IllegalArgumentException ours
                            ? ours.getMessage()
                            : "can't be " + at(tree, mistake.getPath()));
        }
    }

    private static String unknown(UnrecognizedPropertyException mistake) {
        var allowed = mistake.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .toList();
        return "is not a property here; "
                + Closest.to(mistake.getPropertyName(), allowed)
                        .map(meant -> "did you mean " + meant + "? These are ")
                        .orElse("these are ")
                + String.join(", ", allowed);
    }

    private static String mismatched(JsonNode tree, MismatchedInputException mistake) {
        var found = at(tree, mistake.getPath());
        return found.isMissingNode()
                ? missing(tree, mistake.getPath())
                : "must be " + allowed(mistake.getTargetType()) + ", but is " + found;
    }

    private static String missing(JsonNode tree, List<JsonMappingException.Reference> path) {
        var there = new ArrayList<String>();
        at(tree, path.subList(0, path.size() - 1)).fieldNames().forEachRemaining(there::add);
        return Closest.to(path.getLast().getFieldName(), there)
                .map(near -> "is missing; is " + near + " misspelt?")
                .orElse("is missing");
    }

    private static String allowed(Class<?> wanted) {
        if (wanted.isEnum()) {
            return "one of " + JSON.convertValue(wanted.getEnumConstants(), List.class);
        }
        if (Collection.class.isAssignableFrom(wanted)) {
            return "a list";
        }
        return switch (wanted.getSimpleName()) {
            case "String" -> "a string";
            case "boolean", "Boolean" -> "true or false";
            case "int", "Integer", "OptionalInt" -> "a whole number";
            case "Duration" -> "a duration of 0 or more, like PT90S or PT10M";
            default -> "an object";
        };
    }

    private static JsonNode at(JsonNode tree, List<JsonMappingException.Reference> path) {
        var node = tree;
        for (var step : path) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node;
    }

    private static String path(JsonMappingException mistake) {
        var path = new StringBuilder();
        for (var step : mistake.getPath()) {
            path.append(step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
        }
        return path.isEmpty() ? "" : path.substring(1);
    }

    private static JsonSetter.Value leftOutIsEmpty() {
        return JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL);
    }

    private static final class DurationReader extends FromStringDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        protected Duration _deserialize(String text, DeserializationContext context) throws IOException {
            try {
                var duration = Duration.parse(text);
                if (!duration.isNegative()) {
                    return duration;
                }
            } catch (DateTimeParseException e) {
                // refused below, like one that is negative
            }
            throw context.weirdStringException(text, Duration.class, "no duration of 0 or more");
        }
    }
}
