package dev.serverbackup.cli.audit;

import java.util.List;
import java.util.Map;

/**
 * Rows of the table.
 *
 * @param more whether there are more rows
 */
record Rows(List<Item> items, boolean more) {
    Rows {
        items = List.copyOf(items);
    }

    /** The first rows of what was found. */
    static Rows first(int limit, List<Item> items) {
        return new Rows(items.subList(0, Math.min(limit, items.size())), items.size() > limit);
    }

    /** For JSON: each row with every attribute. */
    Map<String, Object> json() {
        return Map.of("rows", items.stream().map(Item::json).toList(), "more", more);
    }

    /** A sentence if there are more rows; otherwise empty. */
    List<String> note() {
        return more
                ? List.of("There are more: these are the first %d rows. --limit shows others, up to %d."
                        .formatted(items.size(), LimitOption.MOST))
                : List.of();
    }
}
