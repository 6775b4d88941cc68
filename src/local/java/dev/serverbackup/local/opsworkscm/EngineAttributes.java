package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serverbackup.local.http.InputReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API's shape EngineAttributes: read with the names that an operation accepts, and written. */
record EngineAttributes(Map<String, String> values) {

    /** Those that a request brings; one that the operation does not accept is a fault. */
    static EngineAttributes read(InputReader input, String member, List<String> accepted) {
        var values = new LinkedHashMap<String, String>();
        for (var attribute : input.structures(member, Shapes.ANY_LIST)) {
            var name = attribute.optional("Name", Shapes.ENGINE_ATTRIBUTE_NAME).orElse("");
            var value =
                    attribute.optional("Value", Shapes.ENGINE_ATTRIBUTE_VALUE).orElse("");
            if (!accepted.contains(name)) {
                input.refuse("Engine attribute '%s' is not valid; valid ones are %s".formatted(name, accepted));
            } else if (values.putIfAbsent(name, value) != null) {
                input.refuse("Engine attribute '" + name + "' is given more than once");
            }
        }
        return new EngineAttributes(values);
    }

    Optional<String> of(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Its value, and a fault if it is not there or empty. */
    String required(String name, InputReader input) {
        var value = of(name).filter(given -> !given.isEmpty());
        if (value.isEmpty()) {
            input.refuse("Engine attribute '" + name + "' is required");
        }
        return value.orElse("");
    }

    static ArrayNode write(Map<String, String> attributes) {
        var list = JsonNodeFactory.instance.arrayNode();
        attributes.forEach((name, value) -> list.addObject().put("Name", name).put("Value", value));
        return list;
    }
}
