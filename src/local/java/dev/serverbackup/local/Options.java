package dev.serverbackup.local;

import dev.serverbackup.request.Closest;
import dev.serverbackup.request.SafeText;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program's options, each {@code --name=value}, where the name is that of the Maven property which the user sets with
 * {@code -Dname=value}. {@code --given={…}} lists what the user really set, as Maven prints it: an option that is
 * mistyped never reaches the program otherwise.
 */
public record Options(Map<String, String> values) {
    private static final String GIVEN = "given";
    private static final Pattern GIVEN_NAME = Pattern.compile("(?:^\\{|, )([A-Za-z][A-Za-z0-9._-]*)=");
    private static final int QUOTED = 60;

    /**
     * What a program was told.
     *
     * @param known the names of its options
     * @throws IllegalArgumentException if one is not of that form, not known, or given without a value
     */
    public static Options of(Set<String> known, String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (!parts[0].startsWith("--") || parts.length < 2) {
                throw new IllegalArgumentException("an option is --name=value, not \"%s\"".formatted(shown(argument)));
            }
            values.put(parts[0].substring(2), parts[1]);
        }
        Set<String> given = names(Optional.ofNullable(values.remove(GIVEN)).orElse("{}"));
        given.stream().filter(name -> !isOthers(name, known)).forEach(name -> refuseUnknown(name, known));
        values.keySet().forEach(name -> refuseUnknown(name, known));
        given.stream().filter(values::containsKey).forEach(name -> refuseBlank(name, values.get(name)));
        return new Options(Map.copyOf(values));
    }

    /** @throws IllegalArgumentException if it is missing or blank */
    public String text(String name) {
        return given(name).orElseThrow(() -> new IllegalArgumentException("-D%s=… is missing".formatted(name)));
    }

    /**
     * The option's value, or nothing where it is missing or blank: a property of Maven that nobody set is empty.
     *
     * @throws IllegalArgumentException if it is {@code true}, which Maven makes of {@code -Dname} alone
     */
    public Optional<String> given(String name) {
        Optional<String> value = value(name);
        if (value.filter("true"::equals).isPresent()) {
            throw new IllegalArgumentException("-D%s needs a value: -D%s=…".formatted(name, name));
        }
        return value;
    }

    /**
     * A switch: {@code -Dname} alone, {@code true} or {@code false}; off where it is missing or blank.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public boolean isOn(String name) {
        String text = value(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw refused(name, "a switch: -D" + name + " alone, or true or false", text);
        }
        return text.equals("true");
    }

    /** A port: 0 to 65535, where 0 takes a free one. */
    public int port(String name) {
        return number(name, 0, 65_535, "a port, 0 to 65535");
    }

    /**
     * A whole number.
     *
     * @param allowed what it may be, in words
     * @throws IllegalArgumentException if it is missing, no whole number, or not from {@code least} to {@code most}
     */
    public int number(String name, int least, int most, String allowed) {
        String text = text(name);
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw refused(name, allowed, text);
        }
        return Integer.parseInt(text);
    }

    /** The refusal of a value that an option may not have; it says what is allowed instead. */
    public static IllegalArgumentException refused(String name, String allowed, String text) {
        return new IllegalArgumentException("-D%s is %s, not \"%s\"".formatted(name, allowed, shown(text)));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    private static Set<String> names(String given) {
        return GIVEN_NAME
                .matcher(given)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** Maven and its plugins have properties of their own; a name with a dot is theirs unless it looks like ours. */
    private static boolean isOthers(String name, Set<String> known) {
        boolean looksLikeOurs = known.contains(name) || closest(name, known).isPresent();
        return !looksLikeOurs && (name.contains(".") || name.startsWith("skip"));
    }

    private static void refuseUnknown(String name, Set<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException("there is no option -D%s here; %s"
                    .formatted(
                            shown(name),
                            closest(name, known)
                                    .map(meant -> "did you mean -D" + meant + "?")
                                    .orElseGet(() -> "there are " + listed(known))));
        }
    }

    private static void refuseBlank(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("-D%s= has no value".formatted(name));
        }
    }

    private static Optional<String> closest(String name, Set<String> known) {
        return Closest.to(name, List.copyOf(known));
    }

    private static String listed(Collection<String> known) {
        return known.stream().sorted().map(name -> "-D" + name).collect(Collectors.joining(", "));
    }

    private static String shown(String text) {
        return SafeText.shown(text, QUOTED);
    }
}
