package dev.serverbackup.cli.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks that entries and runs agree: each target has an entry, and the counts by status are equal. */
final class Balance {
    private static final int MOST_NAMED = 10;
    private static final int MOST_SENTENCES = 50;

    private final Map<String, Integer> runs = new TreeMap<>();
    private final Map<String, Integer> entries = new TreeMap<>();
    private final List<String> imbalances = new ArrayList<>();
    private int targets;

    /**
     * Adds a run.
     *
     * @return its targets without an entry
     */
    Set<String> add(Item run, List<Item> ofRun) {
        runs.merge(run.shown("status"), 1, Integer::sum);
        targets += run.number("targetCount");
        Map<String, Integer> statuses = new TreeMap<>();
        ofRun.forEach(entry -> statuses.merge(entry.shown("status"), 1, Integer::sum));
        statuses.forEach((status, count) -> entries.merge(status, count, Integer::sum));
        Set<String> without = new TreeSet<>(run.names("targets"));
        ofRun.forEach(entry -> without.remove(entry.shown("serverName")));
        String id = run.shown("runId");
        if (run.number("targetCount") != ofRun.size() || !without.isEmpty()) {
            imbalances.add("Run %s has %d targets and %d entries%s."
                    .formatted(id, run.number("targetCount"), ofRun.size(), named(without)));
        }
        if (!List.of("-", shown(statuses)).contains(run.counts("counts"))) {
            imbalances.add("Run %s says %s; its entries are %s.".formatted(id, run.counts("counts"), shown(statuses)));
        }
        return without;
    }

    /** Adds a run that is in the index, but not in the table. */
    void addVanished(String id) {
        imbalances.add("Run %s is in the index by-day, and its row is not in the table.".formatted(id));
    }

    Map<String, Integer> runs() {
        return Collections.unmodifiableMap(runs);
    }

    Map<String, Integer> entries() {
        return Collections.unmodifiableMap(entries);
    }

    int targets() {
        return targets;
    }

    /** The differences, each as a sentence; empty if all agree. */
    List<String> imbalances() {
        if (imbalances.size() <= MOST_SENTENCES) {
            return List.copyOf(imbalances);
        }
        List<String> first = new ArrayList<>(imbalances.subList(0, MOST_SENTENCES));
        first.add("And so for %d more.".formatted(imbalances.size() - MOST_SENTENCES));
        return first;
    }

    /** Counts as a run's row shows them: {@code 1 FAILED, 12 SUCCEEDED}. */
    static String shown(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? "-"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String named(Set<String> without) {
        return without.isEmpty()
                ? ""
                : "; there is none of "
                        + without.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (without.size() > MOST_NAMED ? ", …" : "");
    }
}
