package dev.serverbackup.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;

/**
 * One JSON object on one line, member by member. Whatever a text contains, it ends neither the line nor its string:
 * control characters and the separators of lines and paragraphs are escaped. Whoever writes a key twice gets it twice. For
 * one thread, and for one line: a buffer that is kept for the next one would be kept by every virtual thread.
 */
final class JsonLine {
    /** The longest text, in UTF-16 units: of a longer one an ellipsis stands for the rest. */
    static final int LONGEST = 200_000;

    private static final int USUAL_LENGTH = 1_024;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final StringBuilder line = new StringBuilder(USUAL_LENGTH).append('{');
    private boolean first = true;

    /** @param value {@code null} is written as such */
    void text(String key, String value) {
        key(key);
        if (value == null) {
            line.append("null");
        } else {
            quote(value);
        }
    }

    void number(String key, int value) {
        key(key);
        line.append(value);
    }

    /** @param value finite: JSON knows no other */
    void number(String key, float value) {
        key(key);
        line.append(value);
    }

    void flag(String key, boolean value) {
        key(key);
        line.append(value);
    }

    /** In UTC, to the millisecond. */
    void instant(String key, Instant value) {
        key(key);
        line.append('"');
        MILLIS.formatTo(value, line);
        line.append('"');
    }

    /** What follows, up to {@link #close}, is in an object of its own. */
    void open(String key) {
        key(key);
        line.append('{');
        first = true;
    }

    void close() {
        line.append('}');
        first = false;
    }

    /** The whole line, in UTF-8. A lone half of a surrogate pair has no form there: a question mark stands for it. */
    byte[] end() {
        return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void key(String key) {
        if (!first) {
            line.append(',');
        }
        first = false;
        quote(key);
        line.append(':');
    }

    private void quote(String text) {
        int end = Math.min(text.length(), LONGEST);
        int from = 0;
        line.append('"');
        for (int at = 0; at < end; at++) {
            char each = text.charAt(at);
            if (isSpecial(each)) {
                line.append(text, from, at);
                escape(each);
                from = at + 1;
            }
        }
        line.append(text, from, end);
        if (end < text.length()) {
            line.append('…');
        }
        line.append('"');
    }

    private static boolean isSpecial(char each) {
        return each < ' '
                || each == '"'
                || each == '\\'
                || (each >= '\u007f' && each <= '\u009f')
                || each == '\u2028'
                || each == '\u2029';
    }

    private void escape(char special) {
        line.append('\\');
        switch (special) {
            case '"', '\\' -> line.append(special);
            case '\b' -> line.append('b');
            case '\t' -> line.append('t');
            case '\n' -> line.append('n');
            case '\f' -> line.append('f');
            case '\r' -> line.append('r');
            default -> line.append('u').append(HEX.toHexDigits(special));
        }
    }
}
