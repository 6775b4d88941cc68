package dev.serverbackup.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** What an index shows: each row as it stood some time ago, each in its own time. */
final class Index<K, V> {
    private final Map<K, TreeMap<Long, Optional<V>>> rows = new LinkedHashMap<>();

    /** @param shown of the row from now on; empty if it is not in the index any more */
    void put(long now, K key, Optional<V> shown) {
        rows.computeIfAbsent(key, _ -> new TreeMap<>()).put(now, shown);
    }

    /** @param lag is asked for each row how far behind it is */
    Map<K, V> seen(long now, LongSupplier lag) {
        Map<K, V> seen = new LinkedHashMap<>();
        rows.forEach((key, versions) -> {
            var version = versions.floorEntry(now - lag.getAsLong());
            if (version != null) {
                version.getValue().ifPresent(shown -> seen.put(key, shown));
            }
        });
        return seen;
    }
}
