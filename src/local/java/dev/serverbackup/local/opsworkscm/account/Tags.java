package dev.serverbackup.local.opsworkscm.account;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tags of a resource, by key.
 *
 * @param ever whether it has, or once had, any: the tagging API lists a resource from its first tag on
 */
public record Tags(SortedMap<String, String> values, boolean ever) {

    /** What a user may put on one resource. */
    public static final int MOST = 50;

    public static final Tags NEVER = new Tags(Collections.emptySortedMap(), false);

    public Tags {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        ever = ever || !values.isEmpty();
    }

    /** These, and from now on a resource that the tagging API lists, even if there are none. */
    public static Tags of(Map<String, String> values) {
        return new Tags(new TreeMap<>(values), true);
    }

    /** With {@code others} added; theirs win. */
    public Tags with(Map<String, String> others) {
        var merged = new TreeMap<>(values);
        merged.putAll(others);
        return new Tags(merged, ever);
    }

    /** Without those keys; unknown ones do no harm. */
    public Tags without(Collection<String> keys) {
        var left = new TreeMap<>(values);
        left.keySet().removeAll(keys);
        return new Tags(left, ever);
    }
}
