package dev.serverbackup.local.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.request.Closest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** An object of the fleet file that knows where it stands, and refuses what does not belong there. */
record JsonObject(JsonNode node, String path) {

    JsonObject {
        if (node.getNodeType() != JsonNodeType.OBJECT) {
            throw new FleetException(path, "must be an object");
        }
    }

    /** Refuses properties that nobody would read: most are misspelt. */
    JsonObject only(String... allowed) {
        for (var property : node.properties()) {
            if (!Set.of(allowed).contains(property.getKey())) {
                var meant = Closest.to(property.getKey(), List.of(allowed));
                throw new FleetException(
                        where(property.getKey()),
                        "is not a property here; "
                                + meant.map(name -> "did you mean " + name + "? These are ")
                                        .orElse("these are ")
                                + String.join(", ", allowed));
            }
        }
        return this;
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new FleetException(where(name), "is missing"));
    }

    Optional<String> text(String name) {
        return value(name, JsonNodeType.STRING, "a string").map(JsonNode::textValue);
    }

    Optional<Boolean> flag(String name) {
        return value(name, JsonNodeType.BOOLEAN, "true or false").map(JsonNode::booleanValue);
    }

    OptionalInt count(String name) {
        var number = value(name, JsonNodeType.NUMBER, "a whole number");
        number.filter(value -> !value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0)
                .ifPresent(value -> refuse(name, "must be a whole number from 0, but is " + value));
        return number.map(value -> OptionalInt.of(value.intValue())).orElse(OptionalInt.empty());
    }

    Optional<Duration> duration(String name) {
        var text = text(name);
        try {
            return text.map(Duration::parse).filter(duration -> !negative(name, duration));
        } catch (DateTimeParseException mistake) {
            throw new FleetException(
                    where(name), "must be a duration like PT90S or PT10M, but is '" + text.orElse("") + "'");
        }
    }

    /** A constant of {@code type} by its name. */
    <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        var constants = List.of(type.getEnumConstants());
        return text(name)
                .map(text -> constants.stream()
                        .filter(constant -> constant.name().equals(text))
                        .findFirst()
                        .orElseThrow(() -> new FleetException(
                                where(name), "must be one of " + constants + ", but is '" + text + "'")));
    }

    /** String values by name. */
    Optional<Map<String, String>> map(String name) {
        return value(name, JsonNodeType.OBJECT, "an object of strings").map(object -> {
            var entries = new JsonObject(object, where(name));
            var map = new TreeMap<String, String>();
            ((ObjectNode) object).fieldNames().forEachRemaining(key -> map.put(key, entries.required(key)));
            return map;
        });
    }

    JsonObject object(String name) {
        var object = value(name, JsonNodeType.OBJECT, "an object");
        return new JsonObject(object.orElse(JsonNodeFactory.instance.objectNode()), where(name));
    }

    <T> List<T> list(String name, Function<JsonObject, T> element) {
        var list = new ArrayList<T>();
        value(name, JsonNodeType.ARRAY, "a list").ifPresent(array -> {
            for (var each : array) {
                list.add(element.apply(new JsonObject(each, where(name) + "[" + list.size() + "]")));
            }
        });
        return list;
    }

    private boolean negative(String name, Duration duration) {
        if (duration.isNegative()) {
            refuse(name, "must not be negative, but is " + duration);
        }
        return false;
    }

    private Optional<JsonNode> value(String name, JsonNodeType type, String wanted) {
        var value = Optional.ofNullable(node.get(name));
        value.filter(found -> found.getNodeType() != type)
                .ifPresent(found -> refuse(name, "must be " + wanted + ", but is " + found));
        return value;
    }

    private void refuse(String name, String mistake) {
        throw new FleetException(where(name), mistake);
    }

    private String where(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
