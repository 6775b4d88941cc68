package dev.serverbackup.local.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a string member may be: its length in characters (code points), both ends included, and a pattern that the whole
 * of it must match. The value of a sensitive one is never repeated in a message.
 */
public record Text(int min, int max, Pattern pattern, boolean sensitive) {

    private static final Pattern ANYTHING = Pattern.compile("(?s).*");

    /** Any string of {@code min} to {@code max} characters. */
    public static Text of(int min, int max) {
        return new Text(min, max, ANYTHING, false);
    }

    /** The same length, but it must match {@code regex} as a whole. */
    public Text matching(String regex) {
        return new Text(min, max, Pattern.compile(regex), sensitive);
    }

    /** The same, but its value is kept out of messages. */
    public Text kept() {
        return new Text(min, max, pattern, true);
    }

    /**
     * The constraints that {@code value} fails, in AWS's words. A value that is too long is not matched as well: some
     * of AWS's patterns need a time, or a stack, that grows with its length.
     */
    List<String> failedBy(String value) {
        var failed = new ArrayList<String>();
        var length = value.codePointCount(0, value.length());
        if (length > max) {
            failed.add("Member must have length less than or equal to " + max);
        }
        if (length < min) {
            failed.add("Member must have length greater than or equal to " + min);
        }
        if (length <= max && !pattern.matcher(value).matches()) {
            failed.add("Member must satisfy regular expression pattern: " + pattern);
        }
        return failed;
    }
}
