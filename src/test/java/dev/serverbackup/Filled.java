package dev.serverbackup;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with gaps, as CloudFormation, EventBridge's input transformer and EventBridge Scheduler fill them in. */
final class Filled {
    private static final Pattern SUB = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern ANGLE = Pattern.compile("<([A-Za-z.-]+)>");

    private Filled() {}

    /** What {@code Fn::Sub} makes of it; a name without a value fails. */
    static String sub(String text, Map<String, String> values) {
        return filled(SUB, text, values);
    }

    /** What a transformer or a scheduler makes of it; a name without a value fails. */
    static String template(String text, Map<String, String> values) {
        return filled(ANGLE, text, values);
    }

    private static String filled(Pattern gap, String text, Map<String, String> values) {
        return gap.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
    }

    private static String value(MatchResult found, Map<String, String> values) {
        String value = values.get(found.group(1));
        if (value == null) {
            throw new AssertionError(found.group() + " has no value; there are " + values.keySet());
        }
        return value;
    }
}
