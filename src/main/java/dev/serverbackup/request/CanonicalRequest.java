package dev.serverbackup.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A request in canonical form: properties, keys and values in the order of their UTF-16 units, no space, no defaults.
 * Equal requests have the same text. Stored hashes depend on the form, so it never changes.
 *
 * @param dryRun false, like {@code ignoreHold}, if the request does not set it
 * @param maxTargets null, like the other properties, if the request does not set it
 */
record CanonicalRequest(
        String description, boolean dryRun, boolean ignoreHold, Integer maxTargets, String plan, TagSelector selector) {
    /** The request of a native scheduled event: no properties, so the default selector is used. */
    static final CanonicalRequest DEFAULT = new CanonicalRequest(null, false, false, null, null, null);

    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .defaultPropertyInclusion(JsonInclude.Value.construct(
                    JsonInclude.Include.NON_DEFAULT,
                    JsonInclude.Include.ALWAYS)) // a key without values means any value
            .build();

    String json() {
        return json(this);
    }

    static String json(TagSelector selector) {
        return json((Record) selector);
    }

    private static String json(Record asked) {
        try {
            return SORTED.writeValueAsString(asked);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was asked is text, numbers and flags", e);
        }
    }
}
