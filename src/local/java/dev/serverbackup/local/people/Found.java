package dev.serverbackup.local.people;

import java.util.List;

/**
 * What the table answered.
 *
 * @param more whether there are more rows than were wanted
 */
record Found(List<Item> rows, boolean more) {
    Found {
        rows = List.copyOf(rows);
    }

    /** The first rows of what was found. */
    static Found first(int limit, List<Item> rows) {
        return new Found(rows.subList(0, Math.min(limit, rows.size())), rows.size() > limit);
    }
}
