package dev.serverbackup.local.tagging;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A condition on one tag: the key must be there, with one of the values, or with any if none are given. */
record TagFilter(String key, List<String> values) {

    boolean matches(Map<String, String> tags) {
        return Optional.ofNullable(tags.get(key))
                .filter(value -> values.isEmpty() || values.contains(value))
                .isPresent();
    }
}
