package dev.serverbackup.request;

/**
 * Makes text from outside safe for a message, a log line or a table: it can't break a line or change the text
 * direction, and its length is limited.
 */
public final class SafeText {
    private static final int QUOTED = 60;
    private static final String CUT = "…";

    private SafeText() {}

    /**
     * The text with every control and format character, line and paragraph separator, lone surrogate and backslash
     * escaped, as a JSON string would escape it.
     *
     * @param limit the most characters of the result; what is longer ends with an ellipsis
     */
    public static String shown(String text, int limit) {
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            String next = shown(text.codePointAt(at));
            if (shown.length() + next.length() > limit) {
                return fitting(shown, limit).append(CUT).toString();
            }
            shown.append(next);
        }
        return shown.toString();
    }

    /** The text between quotes, shown with at most 60 characters. */
    public static String quoted(String text) {
        return '"' + shown(text, QUOTED) + '"';
    }

    /** Whether the text has half a surrogate pair, which can't be encoded in UTF-8. */
    static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(each -> Character.getType(each) == Character.SURROGATE);
    }

    static boolean hasControlCharacter(String text) {
        return text.codePoints().anyMatch(Character::isISOControl);
    }

    private static String shown(int codePoint) {
        if (codePoint == '\\') {
            return "\\\\";
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> escaped(codePoint);
            default -> Character.toString(codePoint);
        };
    }

    private static String escaped(int codePoint) {
        StringBuilder escaped = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            escaped.append(String.format("\\u%04X", (int) unit));
        }
        return escaped.toString();
    }

    /** Makes room for the ellipsis, without leaving half a surrogate pair. */
    private static StringBuilder fitting(StringBuilder shown, int limit) {
        int end = Math.min(shown.length(), limit - CUT.length());
        boolean splitsPair = end > 0 && end < shown.length() && Character.isHighSurrogate(shown.charAt(end - 1));
        shown.setLength(splitsPair ? end - 1 : end);
        return shown;
    }
}
