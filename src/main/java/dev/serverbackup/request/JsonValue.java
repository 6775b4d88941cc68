package dev.serverbackup.request;

import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A value as JSON gave it, and where it stands. It is taken as exactly one type or refused: nothing is converted.
 *
 * @param path from the root, as in {@code detail.selector.tags.Backup[1]}
 * @param value a {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean} or null
 */
record JsonValue(String path, Object value) {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]{1,60}");

    /** This object, of which only the known properties may be there. */
    JsonObject object(List<String> known) {
        return new JsonObject(path, anyObject(), known);
    }

    /** The entries of an object whose keys are the caller's own. */
    Map<String, JsonValue> entries(int atMost) {
        Map<?, ?> object = anyObject();
        if (object.size() > atMost) {
            throw refused("has " + object.size() + " keys, but may have at most " + atMost);
        }
        Map<String, JsonValue> entries = new LinkedHashMap<>();
        object.forEach((key, each) -> {
            String name = String.valueOf(key);
            entries.put(name, new JsonValue(path + step(name), each));
        });
        return entries;
    }

    List<JsonValue> elements(int atMost) {
        if (value instanceof String text) {
            throw refused("is a string, but must be an array of strings: write [" + OutsideText.quoted(text) + "]");
        }
        if (!(value instanceof List<?> list)) {
            throw mustBe("an array of strings");
        }
        if (list.size() > atMost) {
            throw refused("has " + list.size() + " elements, but may have at most " + atMost);
        }
        return new AbstractList<>() {
            @Override
            public JsonValue get(int index) {
                return new JsonValue(path + "[" + index + "]", list.get(index));
            }

            @Override
            public int size() {
                return list.size();
            }
        };
    }

    /** A string, be it empty. */
    String anyText() {
        if (!(value instanceof String text)) {
            throw mustBe("a string");
        }
        return text;
    }

    /** A string that is not empty and has a UTF-8 form. */
    String text() {
        String text = anyText();
        if (text.isEmpty()) {
            throw refused("is empty, but must be a string of at least one character");
        }
        if (OutsideText.hasLoneSurrogate(text)) {
            throw refused("is not Unicode text: half of a surrogate pair stands alone in " + OutsideText.quoted(text));
        }
        return text;
    }

    boolean flag() {
        if (!(value instanceof Boolean flag)) {
            throw mustBe("true or false, without quotes");
        }
        return flag;
    }

    int integer(int least, int most) {
        boolean whole = value instanceof Integer || value instanceof Long;
        if (whole && value instanceof Number number && number.longValue() >= least && number.longValue() <= most) {
            return number.intValue();
        }
        String allowed = "an integer from " + least + " to " + most;
        throw whole ? refused("is " + value + ", but must be " + allowed) : mustBe(allowed);
    }

    InvalidRequestException refused(String fault) {
        return new InvalidRequestException(path, fault);
    }

    /** How a path goes on to a property; a key that is not a plain word is quoted. */
    static String step(String key) {
        return PLAIN_KEY.matcher(key).matches() ? "." + key : "[" + OutsideText.quoted(key) + "]";
    }

    /** Whatever its properties are. */
    Map<?, ?> anyObject() {
        if (!(value instanceof Map<?, ?> object)) {
            throw mustBe("an object");
        }
        return object;
    }

    private InvalidRequestException mustBe(String allowed) {
        return refused("is " + kind() + ", but must be " + allowed);
    }

    private String kind() {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "an object";
            case List<?> _ -> "an array";
            case String _ -> "a string";
            case Boolean flag -> flag.toString();
            case Integer _, Long _ -> "a number";
            case Number _ -> "a number with a fraction, an exponent or too many digits";
            case Object _ -> "not JSON";
        };
    }
}
