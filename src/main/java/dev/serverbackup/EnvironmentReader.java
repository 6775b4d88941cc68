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
 * Reads environment variables and collects the faults, so that one exception can name all of them. The value returned
 * for a faulty variable is a placeholder: call {@link #refuseFaults} before you use any value.
 */
final class EnvironmentReader {
    private final Map<String, String> variables;
    private final Set<String> faults = new LinkedHashSet<>();

    EnvironmentReader(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** A required variable. */
    String text(String name) {
        String value = variables.getOrDefault(name, "");
        check(!value.isBlank(), name + " is missing");
        return value;
    }

    /** An optional variable; a blank value is a fault. */
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
            // Reported below, as a number out of range is.
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

    /** An optional variable without a default; a blank value is a fault. */
    Optional<String> given(String name) {
        return variables.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** A required variable, parsed. The parser's messages name the variable. */
    <T> Optional<T> parsed(String name, Function<String, T> parse) {
        return parsed(name, parse, "");
    }

    /** A required variable, parsed. The parser's messages do not name the variable, so {@code prefix} does. */
    <T> Optional<T> parsed(String name, Function<String, T> parse, String prefix) {
        String value = text(name);
        return value.isBlank() ? Optional.empty() : fitting(prefix, () -> parse.apply(value));
    }

    /** An optional variable, parsed; the parser also decides on a blank value. */
    <T> Optional<T> parsedOr(String name, String otherwise, Function<String, T> parse) {
        return fitting(name + ": ", () -> parse.apply(variables.getOrDefault(name, otherwise)));
    }

    /**
     * Combines values that may each be valid and still contradict each other.
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
