package dev.serverbackup;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads environment variables, and keeps every fault until all are read. What it gives for a faulty one is of no use:
 * {@link #refuseFaults} comes before it is used.
 */
final class EnvironmentReader {
    private final Map<String, String> variables;
    private final Set<String> faults = new LinkedHashSet<>();

    EnvironmentReader(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** A variable that must be there. */
    String text(String name) {
        String value = variables.getOrDefault(name, "");
        check(!value.isBlank(), name + " is missing");
        return value;
    }

    /** A variable that may be left out, but not be blank: that would name nothing. */
    String text(String name, String otherwise) {
        return variables.containsKey(name) ? text(name) : otherwise;
    }

    /** Returns the default if the value is invalid, so that one invalid value causes one fault only. */
    int number(String name, int otherwise, int least, int most) {
        String value = variables.getOrDefault(name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (least <= number && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // As one that is out of range.
        }
        check(false, "%s: a whole number from %d to %d, not \"%s\"".formatted(name, least, most, value));
        return otherwise;
    }

    Duration seconds(String name, int otherwise, int least, int most) {
        return Duration.ofSeconds(number(name, otherwise, least, most));
    }

    /** {@code true} or {@code false}, and nothing else: anything else is rejected. */
    boolean flag(String name, boolean otherwise) {
        String value = variables.getOrDefault(name, Boolean.toString(otherwise));
        boolean on = value.equals("true");
        check(on || value.equals("false"), "%s: true or false, not \"%s\"".formatted(name, value));
        return on;
    }

    /** A variable that may be left out, where nothing stands in for it. */
    Optional<String> given(String name) {
        return variables.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** A variable that must be there, in a form of its own, whose faults name it. */
    <T> Optional<T> parsed(String name, Function<String, T> parse) {
        return parsed(name, parse, "");
    }

    /** The same, where what parses does not know the variable's name. */
    <T> Optional<T> parsed(String name, Function<String, T> parse, String prefix) {
        String value = text(name);
        return value.isBlank() ? Optional.empty() : fitting(prefix, () -> parse.apply(value));
    }

    /** A variable that may be left out, in a form of its own; what parses also judges a blank one. */
    <T> Optional<T> parsedOr(String name, String otherwise, Function<String, T> parse) {
        return fitting(name + ": ", () -> parse.apply(variables.getOrDefault(name, otherwise)));
    }

    /**
     * Values that may be right each and not fit together.
     *
     * @param supplier throws a RuntimeException that says why not
     */
    <T> Optional<T> fitting(String names, Supplier<T> supplier) {
        try {
            return Optional.of(supplier.get());
        } catch (RuntimeException e) {
            check(false, names + e.getMessage());
            return Optional.empty();
        }
    }

    void check(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    /** @throws InvalidSettingsException if there was any fault */
    void refuseFaults() {
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(List.copyOf(faults));
        }
    }
}
