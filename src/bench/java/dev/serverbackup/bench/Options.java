package dev.serverbackup.bench;

import static dev.serverbackup.local.Options.refused;

import dev.serverbackup.bench.fake.Latencies;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What to measure.
 *
 * @param runs samples of each arm, at least 1
 * @param parts in the order given
 * @param jvm flags for the function
 */
record Options(int runs, List<PartName> parts, Latencies latencies, List<String> jvm) {
    /** The parts, each by its name in lower case. */
    enum PartName {
        ARTEFACT,
        COLD,
        FIRST,
        WARM,
        GROWTH,
        PACED
    }

    private static final Set<String> NAMES = Set.of("bench.runs", "bench.parts", "bench.latencies", "bench.jvm");
    private static final int MOST_RUNS = 10_000;

    Options {
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be at least 1, not " + runs);
        }
        parts = List.copyOf(parts);
    }

    /**
     * As the POM passes them: {@code bench.runs}; {@code bench.parts}, comma-separated, or "all";
     * {@code bench.latencies} of CreateBackup, GetResources and DynamoDB in ms, comma-separated; {@code bench.jvm},
     * flags for the function's JVM, separated by spaces, or none.
     *
     * @throws IllegalArgumentException if one of them is not what it may be; the message names it
     */
    static Options of(String... arguments) {
        var options = dev.serverbackup.local.Options.of(NAMES, arguments);
        return new Options(
                options.number("bench.runs", 1, MOST_RUNS, "a number of samples, 1 to " + MOST_RUNS),
                parts(options.text("bench.parts")),
                latencies(options.text("bench.latencies")),
                flags(options.text("bench.jvm")));
    }

    private static List<PartName> parts(String names) {
        List<String> known = Arrays.stream(PartName.values())
                .map(part -> part.name().toLowerCase(Locale.ROOT))
                .toList();
        List<String> asked = names.equals("all") ? known : List.of(names.split(",", -1));
        if (!known.containsAll(asked)) {
            throw refused("bench.parts", "all, or some of " + String.join(",", known), names);
        }
        return asked.stream()
                .map(name -> PartName.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    }

    private static List<String> flags(String words) {
        return words.equals("none") ? List.of() : List.of(words.split(" ", -1));
    }

    private static Latencies latencies(String millis) {
        if (!millis.matches("[0-9]{1,6},[0-9]{1,6},[0-9]{1,6}")) {
            throw refused("bench.latencies", "three latencies in ms, such as 50,20,5", millis);
        }
        List<Duration> each = Arrays.stream(millis.split(",", -1))
                .map(number -> Duration.ofMillis(Long.parseLong(number)))
                .toList();
        return new Latencies(each.get(0), each.get(1), each.get(2));
    }
}
