package dev.serverbackup.bench;

import dev.serverbackup.bench.fake.Latencies;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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

    Options {
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be at least 1, not " + runs);
        }
        parts = List.copyOf(parts);
    }

    /**
     * As the POM passes them.
     *
     * @param args runs; parts, comma-separated, or "all"; latencies of CreateBackup, GetResources and DynamoDB in ms,
     *     comma-separated; flags for the function's JVM, separated by spaces, or none
     * @throws IllegalArgumentException if they say nothing of the kind
     */
    static Options of(String[] args) {
        return new Options(Integer.parseInt(args[0]), parts(args[1]), latencies(args[2]), flags(args[3]));
    }

    private static List<PartName> parts(String names) {
        return names.equals("all")
                ? List.of(PartName.values())
                : Arrays.stream(names.split(",", -1))
                        .map(name -> PartName.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
    }

    private static List<String> flags(String words) {
        return words.equals("none") ? List.of() : List.of(words.split(" ", -1));
    }

    private static Latencies latencies(String millis) {
        List<Duration> each = Arrays.stream(millis.split(",", -1))
                .map(number -> Duration.ofMillis(Long.parseLong(number)))
                .toList();
        if (each.size() != 3) {
            throw new IllegalArgumentException("three latencies in ms are needed, as 50,20,5, not " + millis);
        }
        return new Latencies(each.get(0), each.get(1), each.get(2));
    }
}
