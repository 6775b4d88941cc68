package dev.serverbackup.request;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Selects servers by tags and names. At least one of {@code tags}, {@code serverNames} and {@code all} is set.
 *
 * @param tags every key must match (AND), by any of its values (OR); a key without values matches any value
 * @param excludeTags a server with one of these tags is excluded; a key without values matches any value
 * @param serverNames only these servers; without {@code tags} they are targets even if the tagging API does not list
 *     them
 * @param all every tagged server
 */
public record TagSelector(
        SortedMap<String, SortedSet<String>> tags,
        SortedMap<String, SortedSet<String>> excludeTags,
        SortedSet<ServerName> serverNames,
        boolean all) {
    /** A server with this tag, whatever its value, is excluded from every request that does not ignore holds. */
    public static final String HOLD_TAG = "BackupHold";

    /**
     * @throws IllegalArgumentException if nothing is set, or {@code all} together with {@code tags} or {@code
     *     serverNames}
     */
    public TagSelector {
        tags = sorted(tags);
        excludeTags = sorted(excludeTags);
        serverNames = Collections.unmodifiableSortedSet(new TreeSet<>(serverNames));
        boolean narrows = !tags.isEmpty() || !serverNames.isEmpty();
        if (all == narrows) {
            throw new IllegalArgumentException("a selector says tags, serverNames or both; or all alone");
        }
    }

    /** The same selector, which also excludes servers with the hold tag. */
    public TagSelector respectingHolds() {
        SortedMap<String, SortedSet<String>> excluding = new TreeMap<>(excludeTags);
        excluding.put(HOLD_TAG, new TreeSet<>());
        return new TagSelector(tags, excluding, serverNames, all);
    }

    /** The selector in the canonical form of a request. */
    public String json() {
        return CanonicalRequest.json(this);
    }

    /** Whether named servers are targets even if the tagging API does not list them. */
    public boolean acceptsUnlistedNames() {
        return tags.isEmpty() && !serverNames.isEmpty();
    }

    /** Whether a server with this name and these tags is selected, exclusion apart. */
    public boolean selects(ServerName name, Map<String, String> serverTags) {
        return (serverNames.isEmpty() || serverNames.contains(name)) && meetsTags(serverTags);
    }

    /**
     * Whether these tags meet the tag conditions, names and exclusion apart. {@code all} asks for one tag at least: the
     * tagging API lists a server that has lost its tags and not one that never had any.
     */
    public boolean meetsTags(Map<String, String> serverTags) {
        return (!all || !serverTags.isEmpty())
                && tags.entrySet().stream().allMatch(wanted -> matches(wanted, serverTags));
    }

    /** The key of the first tag that excludes a server; empty if none does. */
    public Optional<String> excludedBy(Map<String, String> serverTags) {
        return excludeTags.entrySet().stream()
                .filter(unwanted -> matches(unwanted, serverTags))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether these tags meet one condition. */
    public static boolean matches(Map.Entry<String, SortedSet<String>> condition, Map<String, String> serverTags) {
        String value = serverTags.get(condition.getKey());
        return value != null
                && (condition.getValue().isEmpty() || condition.getValue().contains(value));
    }

    private static SortedMap<String, SortedSet<String>> sorted(Map<String, ? extends Set<String>> conditions) {
        SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
        conditions.forEach((key, values) -> copy.put(key, Collections.unmodifiableSortedSet(new TreeSet<>(values))));
        return Collections.unmodifiableSortedMap(copy);
    }
}
