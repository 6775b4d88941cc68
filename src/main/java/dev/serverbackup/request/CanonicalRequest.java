package dev.serverbackup.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What was asked, in one form: properties, keys and values in the order of their UTF-16 units, no space, nothing that was
 * not said. Two requests that ask the same have the same text; a stored hash depends on it, so the form never changes.
 *
 * @param dryRun false, like {@code ignoreHold}, is what was not said
 * @param maxTargets null, like what else was not said
 */
record CanonicalRequest(
        String description, boolean dryRun, boolean ignoreHold, Integer maxTargets, String plan, TagSelector selector) {
    /** What says nothing: the default selector is asked for. */
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
