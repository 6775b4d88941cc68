package dev.serverbackup.server.tagging;

import dev.serverbackup.request.TagSelector;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * The part of a selector that the API can apply itself ({@code GetResources}: at most 50 keys, 20 values a key; keys
 * are joined by AND, values by OR, no value means any). A key with more values is sent without values, so that the
 * filter is never narrower than the selector.
 */
final class TagFilters {
    private static final int MAX_KEYS = 50;
    private static final int MAX_VALUES = 20;

    private TagFilters() {}

    static List<TagFilter> of(TagSelector selector) {
        return selector.tags().entrySet().stream()
                .limit(MAX_KEYS)
                .map(TagFilters::filter)
                .toList();
    }

    private static TagFilter filter(Map.Entry<String, SortedSet<String>> condition) {
        TagFilter.Builder filter = TagFilter.builder().key(condition.getKey());
        boolean fits = !condition.getValue().isEmpty() && condition.getValue().size() <= MAX_VALUES;
        return fits ? filter.values(condition.getValue()).build() : filter.build();
    }
}
