package dev.serverbackup.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object of which every property is known: what is mistyped is refused, never ignored. */
final class JsonObject {
    private final String path;
    private final Map<?, ?> members;

    /** @throws InvalidRequestException naming the first property that is not known */
    JsonObject(String path, Map<?, ?> members, List<String> known) {
        this.path = path;
        this.members = members;
        for (Object key : members.keySet()) {
            String name = String.valueOf(key);
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
        }
    }

    /** The property if it is there, null included: null is a value, and never the right one. */
    Optional<JsonValue> get(String name) {
        return members.containsKey(name) ? Optional.of(at(name)) : Optional.empty();
    }

    JsonValue required(String name, String allowed) {
        return get(name).orElseThrow(() -> at(name).refused("is missing, but must be " + allowed));
    }

    private JsonValue at(String name) {
        return new JsonValue(path + JsonValue.step(name), members.get(name));
    }

    private InvalidRequestException unknown(String name, List<String> known) {
        String meant = Closest.to(name, known)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse(";");
        return at(name).refused("is unknown" + meant + " allowed are " + String.join(", ", known));
    }
}
