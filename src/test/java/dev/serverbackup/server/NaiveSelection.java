package dev.serverbackup.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a selector's JSON says, taken at its word: one server at a time, with neither the types nor the patterns of the
 * code that it is compared with. Only for JSON that {@code SelectorReader} has accepted.
 */
final class NaiveSelection {
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";

    final List<String> servers = new ArrayList<>();
    final List<String> excluded = new ArrayList<>();
    final List<String> skipped = new ArrayList<>();

    private final JsonNode says;

    NaiveSelection(JsonNode says, Map<String, Map<String, String>> tagsByArn) {
        this.says = says;
        SortedMap<String, List<String>> arnsByName = new TreeMap<>();
        for (String arn : new TreeMap<>(tagsByArn).keySet()) {
            String name = serverName(arn);
            if (name.isEmpty()) {
                skipIf(says.path("serverNames").isEmpty() && meetsTags(tagsByArn.get(arn)), arn);
            } else if (isNamed(name) && meetsTags(tagsByArn.get(arn))) {
                arnsByName.computeIfAbsent(name, _ -> new ArrayList<>()).add(arn);
            }
        }
        arnsByName.forEach((name, arns) -> decide(name, arns, tagsByArn));
        if (says.path("tags").isEmpty()) {
            says.path("serverNames").forEach(name -> addUnless(arnsByName.containsKey(name.textValue()), name));
        }
    }

    private void decide(String name, List<String> arns, Map<String, Map<String, String>> tagsByArn) {
        boolean held = false;
        for (String arn : arns) {
            held |= isExcluded(tagsByArn.get(arn));
        }
        (held ? excluded : servers).add(name);
        for (int other = 1; other < arns.size(); other++) {
            skipped.add(name);
        }
    }

    private boolean isNamed(String name) {
        if (says.path("serverNames").isEmpty()) {
            return true;
        }
        for (JsonNode wanted : says.path("serverNames")) {
            if (wanted.textValue().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean meetsTags(Map<String, String> tags) {
        for (Map.Entry<String, JsonNode> condition : says.path("tags").properties()) {
            if (!meets(condition, tags)) {
                return false;
            }
        }
        return !says.path("all").booleanValue() || !tags.isEmpty();
    }

    private boolean isExcluded(Map<String, String> tags) {
        for (Map.Entry<String, JsonNode> condition : says.path("excludeTags").properties()) {
            if (meets(condition, tags)) {
                return true;
            }
        }
        return false;
    }

    private static boolean meets(Map.Entry<String, JsonNode> condition, Map<String, String> tags) {
        if (!tags.containsKey(condition.getKey())) {
            return false;
        }
        for (JsonNode value : condition.getValue()) {
            if (value.textValue().equals(tags.get(condition.getKey()))) {
                return true;
            }
        }
        return condition.getValue().isEmpty();
    }

    private void skipIf(boolean asked, String arn) {
        if (asked) {
            skipped.add(arn);
        }
    }

    private void addUnless(boolean listed, JsonNode name) {
        if (!listed) {
            servers.add(name.textValue());
        }
    }

    /**
     * A server's name in its ARN, read part by part and without a pattern; empty if it is no server's ARN or the name is
     * none.
     */
    static String serverName(String arn) {
        List<String> parts = List.of(arn.split(":", 6));
        if (parts.size() < 6) {
            return "";
        }
        List<String> resource = List.of(parts.get(5).split("/", -1));
        boolean isServer = parts.get(0).equals("arn")
                && consistsOf(parts.get(1), LOWER + DIGITS + "-")
                && parts.get(2).equals("opsworks-cm")
                && consistsOf(parts.get(3), LOWER + DIGITS + "-")
                && consistsOf(parts.get(4), DIGITS)
                && parts.get(4).length() == 12
                && resource.size() == 3
                && resource.get(0).equals("server")
                && consistsOf(resource.get(2), UPPER + LOWER + DIGITS + "-");
        return isServer && isName(resource.get(1)) ? resource.get(1) : "";
    }

    private static boolean isName(String text) {
        return consistsOf(text, UPPER + LOWER + DIGITS + "-")
                && text.length() <= 40
                && !consistsOf(text.substring(0, 1), DIGITS + "-");
    }

    private static boolean consistsOf(String text, String allowed) {
        return !text.isEmpty() && text.chars().allMatch(each -> allowed.indexOf(each) >= 0);
    }
}
