package dev.serverbackup.request;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a selector strictly: what is mistyped, empty, contradictory or said twice is refused, because a condition that
 * is silently dropped selects the wrong servers. A run's row holds what was asked beside up to 4,000 targets and must
 * fit DynamoDB's 400 KB, hence the limits: 50 keys in each of {@code tags} and {@code excludeTags}, 4,000 server names,
 * and 50,000 bytes in all.
 */
public final class SelectorReader {
    /** The setting whose text {@link #fromJson} reads, and the root of the paths that it refuses. */
    public static final String DEFAULT_SELECTOR = "DEFAULT_SELECTOR";

    private static final List<String> KNOWN = List.of("tags", "excludeTags", "serverNames", "all");
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
     * Reads the selector of {@code DEFAULT_SELECTOR}, a JSON object in which no key stands twice.
     *
     * @throws InvalidRequestException whose path begins with {@code DEFAULT_SELECTOR}
     */
    public static TagSelector fromJson(String text) {
        return read(StrictJson.read(DEFAULT_SELECTOR, text));
    }

    static TagSelector read(JsonValue given) {
        JsonObject object = given.object(KNOWN);
        boolean all = object.get("all").map(JsonValue::flag).orElse(false);
        var tags = object.get("tags").map(SelectorReader::conditions).orElseGet(TreeMap::new);
        var excludeTags =
                object.get("excludeTags").map(SelectorReader::conditions).orElseGet(TreeMap::new);
        var names = object.get("serverNames").map(SelectorReader::names).orElseGet(TreeSet::new);
        if (all && (object.get("tags").isPresent() || object.get("serverNames").isPresent())) {
            throw given.refused("says \"all\": true beside a narrower condition, but must say " + SAYS);
        }
        if (!all && tags.isEmpty() && names.isEmpty()) {
            throw given.refused("selects nothing: it must say " + SAYS);
        }
        return fitting(given, new TagSelector(tags, excludeTags, names, all));
    }

    private static TagSelector fitting(JsonValue given, TagSelector selector) {
        int bytes = CanonicalJson.of(selector).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw given.refused("has " + bytes + " bytes, but may have at most " + MAX_BYTES);
        }
        return selector;
    }

    private static SortedMap<String, SortedSet<String>> conditions(JsonValue given) {
        SortedMap<String, SortedSet<String>> conditions = new TreeMap<>();
        for (Map.Entry<String, JsonValue> entry : given.entries(MAX_KEYS).entrySet()) {
            JsonValue key = new JsonValue(entry.getValue().path(), entry.getKey());
            conditions.put(tagText(key, "the key", MAX_KEY), values(entry.getValue()));
        }
        return conditions;
    }

    private static SortedSet<String> values(JsonValue given) {
        SortedSet<String> values = new TreeSet<>();
        for (JsonValue element : given.elements(MAX_VALUES)) {
            if (!values.add(tagText(element, "the value", MAX_VALUE))) {
                throw twice(element);
            }
        }
        return values;
    }

    private static SortedSet<ServerName> names(JsonValue given) {
        SortedSet<ServerName> names = new TreeSet<>();
        for (JsonValue element : given.elements(MAX_NAMES)) {
            String text = element.text();
            ServerName name = ServerName.parse(text)
                    .orElseThrow(() -> element.refused(
                            "is " + OutsideText.quoted(text) + ", but a server name is " + ServerName.ALLOWED));
            if (!names.add(name)) {
                throw twice(element);
            }
        }
        if (names.isEmpty()) {
            throw given.refused("is empty, but must name at least one server, or be left out");
        }
        return names;
    }

    private static String tagText(JsonValue given, String what, int atMost) {
        String text = given.text();
        if (text.codePointCount(0, text.length()) > atMost || OutsideText.hasControlCharacter(text)) {
            throw given.refused(what + " is " + OutsideText.quoted(text) + ", but must be 1 to " + atMost
                    + " characters, none of them a control character");
        }
        return text;
    }

    private static InvalidRequestException twice(JsonValue element) {
        return element.refused("says " + OutsideText.quoted(element.text()) + " a second time; say it once");
    }
}
