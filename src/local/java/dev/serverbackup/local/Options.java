package dev.serverbackup.local;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command's options, each {@code --name=value}. */
public record Options(Map<String, String> values) {
    /** @throws IllegalArgumentException if one is not of that form */
    public static Options of(String... arguments) {
        return new Options(Stream.of(arguments).map(Options::split).collect(Collectors.toMap(o -> o[0], o -> o[1])));
    }

    /** @throws IllegalArgumentException if it is missing or blank */
    public String text(String name) {
        return given(name).orElseThrow(() -> new IllegalArgumentException("--" + name + "=… is missing"));
    }

    /** The option's value, or nothing where it is missing or blank: a property of Maven that nobody set is empty. */
    public Optional<String> given(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    /** A port: 0 to 65535, where 0 takes a free one. */
    int port(String name) {
        String value = text(name);
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new IllegalArgumentException("%s is a port, 0 to 65535, not \"%s\"".formatted(name, value));
        }
        return Integer.parseInt(value);
    }

    /** A switch: {@code true}, or anything else. */
    boolean isOn(String name) {
        return text(name).equals("true");
    }

    private static String[] split(String argument) {
        String[] parts = argument.split("=", 2);
        if (!parts[0].startsWith("--") || parts.length < 2) {
            throw new IllegalArgumentException("an option is --name=value, not \"" + argument + "\"");
        }
        return new String[] {parts[0].substring(2), parts[1]};
    }
}
