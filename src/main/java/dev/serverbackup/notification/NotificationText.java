package dev.serverbackup.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A notification's text for people, in mail, chat and pager. Characters that JSON escapes, and those that a chat takes
 * for markup or a mention, are replaced, so that every receiver shows the same.
 *
 * @param summary what happened, in one line of at most 120 characters
 * @param lines what happened to which servers, why, and which command to run next: at most ten, of at most 240
 *     characters each
 */
public record NotificationText(String summary, List<String> lines) {
    private static final int LONGEST_SUMMARY = 120;
    private static final int LONGEST_LINE = 240;
    private static final int MOST_LINES = 10;
    private static final String CUT = "…";

    public NotificationText {
        summary = plain(summary, LONGEST_SUMMARY);
        lines = lines.stream()
                .limit(MOST_LINES)
                .map(line -> plain(line, LONGEST_LINE))
                .toList();
    }

    public String message() {
        return String.join("\n", lines);
    }

    /** Adds {@code summary} and {@code message} to a notification's detail. */
    public void addTo(SortedMap<String, Object> detail) {
        detail.put("summary", summary);
        detail.put("message", message());
    }

    /** Adds {@code lines} too: always ten, the last ones empty, since an input transformer takes each by its number. */
    public void addWithLinesTo(SortedMap<String, Object> detail) {
        addTo(detail);
        List<String> ten = new ArrayList<>(lines);
        while (ten.size() < MOST_LINES) {
            ten.add("");
        }
        detail.put("lines", List.copyOf(ten));
    }

    /** The first few names, and how many more there are: {@code alpha, bravo and 12 more}. */
    public static String firstOf(List<String> names, int most) {
        String first = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most ? "%s and %d more".formatted(first, names.size() - most) : first;
    }

    /**
     * The text in one line of at most {@code longest} characters, without those that JSON escapes or a chat interprets.
     */
    public static String plain(String text, int longest) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(codePoint -> line.append(plain(codePoint)));
        String all = line.toString().strip();
        if (all.length() <= longest) {
            return all;
        }
        int end = longest - CUT.length();
        return all.substring(0, Character.isHighSurrogate(all.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    private static String plain(int codePoint) {
        return switch (codePoint) {
            case '"' -> "'";
            case '\\' -> "/";
            case '<' -> "‹";
            case '>' -> "›";
            case '&' -> "+";
            case '[' -> "(";
            case ']' -> ")";
            case '*', '`' -> "'";
            default -> isShown(codePoint) ? Character.toString(codePoint) : " ";
        };
    }

    private static boolean isShown(int codePoint) {
        return Stream.of(
                        Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR)
                .noneMatch(type -> type == Character.getType(codePoint));
    }
}
