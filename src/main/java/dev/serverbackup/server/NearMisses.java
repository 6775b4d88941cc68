package dev.serverbackup.server;

import dev.serverbackup.request.SafeText;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.request.TagSelector;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Finds tags that are probably mistyped: on a server that is not selected only because a tag differs slightly from a
 * condition of the selector, and on a target with a tag that differs slightly from one that would exclude it, such as
 * the hold tag.
 *
 * <p>Two texts look alike if they are the same once compatibility forms and accents are resolved (NFKD), upper case is
 * lowered, look-alike letters of Cyrillic and Greek are replaced, and spaces, hyphens, underscores, marks and invisible
 * characters are dropped.
 */
final class NearMisses {
    /** Cyrillic, then Greek, then digits; beneath each the Latin letter that it looks like, in lower case. */
    private static final String LOOK_ALIKE =
            "\u0430\u0432\u0435\u043A\u043C\u043D\u043E\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458"
                    + "\u03B1\u03B2\u03B5\u03B9\u03BA\u03BF\u03C1\u03C4\u03C5\u03C7"
                    + "01";

    private static final String LATIN = "abekmhopctyxsij" + "abeikoptux" + "ol";

    private final ServerKind kind;
    private final TagSelector selector;
    private final Set<ServerName> targets;

    private NearMisses(ServerKind kind, TagSelector selector, Targets found) {
        this.kind = kind;
        this.selector = selector;
        this.targets = found.servers().stream().map(Server::name).collect(Collectors.toSet());
    }

    /** In the order of the servers' names, each server once. */
    static List<NearMiss> of(ServerKind kind, TagSelector selector, Targets found, Collection<TaggedResource> listing) {
        NearMisses nearMisses = new NearMisses(kind, selector, found);
        SortedMap<ServerName, NearMiss> byName = new java.util.TreeMap<>();
        listing.forEach(resource -> nearMisses.of(resource).ifPresent(near -> byName.putIfAbsent(near.name(), near)));
        return List.copyOf(byName.values());
    }

    private Optional<NearMiss> of(TaggedResource resource) {
        return kind.nameIn(resource.arn())
                .flatMap(ServerName::parse)
                .filter(name -> selector.serverNames().isEmpty()
                        || selector.serverNames().contains(name))
                .flatMap(name -> reason(name, resource.tags()).map(reason -> new NearMiss(name, reason)));
    }

    private Optional<String> reason(ServerName name, Map<String, String> tags) {
        return targets.contains(name) ? nearlyExcluded(tags) : nearlySelected(tags);
    }

    private Optional<String> nearlyExcluded(Map<String, String> tags) {
        return selector.excludeTags().entrySet().stream()
                .flatMap(condition -> near(condition, tags).stream())
                .findFirst()
                .map(near -> "not excluded: " + near);
    }

    private Optional<String> nearlySelected(Map<String, String> tags) {
        List<Map.Entry<String, SortedSet<String>>> unmet = selector.tags().entrySet().stream()
                .filter(condition -> !TagSelector.matches(condition, tags))
                .toList();
        List<String> reasons = unmet.stream()
                .flatMap(condition -> near(condition, tags).stream())
                .toList();
        return unmet.isEmpty() || reasons.size() < unmet.size()
                ? Optional.empty()
                : Optional.of("not selected: " + reasons.getFirst());
    }

    /** A tag that looks like what meets this condition, if no tag does meet it. */
    private static Optional<String> near(Map.Entry<String, SortedSet<String>> condition, Map<String, String> tags) {
        String key = condition.getKey();
        String value = tags.get(key);
        if (value != null) {
            return condition.getValue().stream()
                    .filter(wanted -> !wanted.equals(value) && looksLike(wanted, value))
                    .findFirst()
                    .map(wanted -> "the value %s of its tag %s looks like %s"
                            .formatted(SafeText.quoted(value), SafeText.quoted(key), SafeText.quoted(wanted)));
        }
        return tags.keySet().stream()
                .filter(present -> looksLike(key, present))
                .sorted()
                .findFirst()
                .map(present ->
                        "its tag key %s looks like %s".formatted(SafeText.quoted(present), SafeText.quoted(key)));
    }

    private static boolean looksLike(String wanted, String present) {
        String skeleton = skeleton(wanted);
        return !skeleton.isEmpty() && skeleton.equals(skeleton(present));
    }

    private static String skeleton(String text) {
        StringBuilder skeleton = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(NearMisses::counts)
                .map(NearMisses::latin)
                .forEach(skeleton::appendCodePoint);
        return skeleton.toString();
    }

    private static boolean counts(int codePoint) {
        boolean joins = codePoint == '-' || codePoint == '_' || Character.isWhitespace(codePoint);
        return !joins
                && switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK,
                            Character.CONTROL,
                            Character.FORMAT,
                            Character.SPACE_SEPARATOR,
                            Character.SURROGATE -> false;
                    default -> true;
                };
    }

    private static int latin(int codePoint) {
        int at = LOOK_ALIKE.indexOf(codePoint);
        return at < 0 ? codePoint : LATIN.charAt(at);
    }
}
