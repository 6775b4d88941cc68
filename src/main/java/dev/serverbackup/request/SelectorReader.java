package dev.serverbackup.request;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a selector strictly: a mistyped, empty, contradictory or repeated condition is refused, because ignoring it
 * would select the wrong servers. A run's row holds the request and up to 4,000 targets, and must fit DynamoDB's 400
 * KB. Hence the limits: 50 keys in each of {@code tags} and {@code excludeTags}, 4,000 server names, and 50,000 bytes
 * in all.
 */
public final class SelectorReader {
    /** The setting that {@link #fromJson} reads, and the root of the paths in its error messages. */
    public static final String DEFAULT_SELECTOR = "DEFAULT_SELECTOR";

    private static final String SAYS = "`tags`, `serverNames` or both, or \"all\": true";
    private static final int MAX_KEYS = 50;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;
    private static final int MAX_NAMES = 4_000;
    private static final int MAX_BYTES = 50_000;
    /** The shortest value takes four bytes ("x" and a comma), so more than this can't fit. */
    private static final int MAX_VALUES = MAX_BYTES / 4;

    private SelectorReader() {}

    /**
     * Reads the selector of {@code DEFAULT_SELECTOR}, a JSON object in which no key occurs twice.
     *
     * @throws InvalidRequestException whose path begins with {@code DEFAULT_SELECTOR}
     */
    public static TagSelector fromJson(String text) {
        return read(DEFAULT_SELECTOR, JsonRecords.parse(DEFAULT_SELECTOR, text, RequestDetail.Selector.class));
    }

    static TagSelector read(String path, RequestDetail.Selector given) {
        boolean all = Boolean.TRUE.equals(given.all());
        var tags = conditions(path + ".tags", given.tags());
        var excludeTags = conditions(path + ".excludeTags", given.excludeTags());
        var names = names(path + ".serverNames", given.serverNames());
        if (all && (given.tags() != null || given.serverNames() != null)) {
            throw new InvalidRequestException(
                    path, "has \"all\": true together with a narrower condition, but must have " + SAYS);
        }
        if (!all && tags.isEmpty() && names.isEmpty()) {
            throw new InvalidRequestException(path, "selects nothing: it must have " + SAYS);
        }
        return fitting(path, new TagSelector(tags, excludeTags, names, all));
    }

    private static TagSelector fitting(String path, TagSelector selector) {
        int bytes = selector.json().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new InvalidRequestException(path, "has " + bytes + " bytes, but may have at most " + MAX_BYTES);
        }
        return selector;
    }

    private static SortedMap<String, SortedSet<String>> conditions(String path, Map<String, List<String>> given) {
        SortedMap<String, SortedSet<String>> conditions = new TreeMap<>();
        if (given == null) {
            return conditions;
        }
        Checked.size(path, given.size(), MAX_KEYS, "keys");
        given.forEach((key, values) -> {
            String at = path + JsonRecords.step(key);
            conditions.put(tagText(at, key, "the key", MAX_KEY), values(at, values));
        });
        return conditions;
    }

    private static SortedSet<String> values(String path, List<String> given) {
        Checked.size(path, given.size(), MAX_VALUES, "elements");
        SortedSet<String> values = new TreeSet<>();
        for (int i = 0; i < given.size(); i++) {
            String at = path + JsonRecords.step(i);
            if (!values.add(tagText(at, given.get(i), "the value", MAX_VALUE))) {
                throw twice(at, given.get(i));
            }
        }
        return values;
    }

    private static SortedSet<ServerName> names(String path, List<String> given) {
        SortedSet<ServerName> names = new TreeSet<>();
        if (given == null) {
            return names;
        }
        if (given.isEmpty()) {
            throw new InvalidRequestException(path, "is empty, but must name at least one server, or be left out");
        }
        Checked.size(path, given.size(), MAX_NAMES, "elements");
        for (int i = 0; i < given.size(); i++) {
            if (!names.add(name(path + JsonRecords.step(i), given.get(i)))) {
                throw twice(path + JsonRecords.step(i), given.get(i));
            }
        }
        return names;
    }

    private static ServerName name(String path, String given) {
        return Checked.text(path, given)
                .flatMap(ServerName::parse)
                .orElseThrow(() -> new InvalidRequestException(
                        path, "is " + SafeText.quoted(given) + ", but a server name is " + ServerName.ALLOWED));
    }

    private static String tagText(String path, String given, String what, int atMost) {
        String text = Checked.text(path, given).orElseThrow();
        if (text.codePointCount(0, text.length()) > atMost || SafeText.hasControlCharacter(text)) {
            throw new InvalidRequestException(
                    path,
                    what + " is " + SafeText.quoted(text) + ", but must be 1 to " + atMost
                            + " characters, none of them a control character");
        }
        return text;
    }

    private static InvalidRequestException twice(String path, String given) {
        return new InvalidRequestException(path, "contains " + SafeText.quoted(given) + " twice; it may be there once");
    }
}
