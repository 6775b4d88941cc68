package dev.serverbackup.cli.report;

import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A report on a period.
 *
 * @param period as text
 * @param deployment the deployment whose audit it is
 * @param facts the scope and the counts
 * @param figures the same for JSON
 * @param targets of all runs
 * @param entries the number of entries by status
 * @param imbalances differences between targets and entries, each a sentence
 * @param failures the most frequent first
 * @param listings each other section
 * @param wrong whether the exit code is 1
 */
public record Report(
        String period,
        String deployment,
        List<Fact> facts,
        Map<String, Object> figures,
        int targets,
        Map<String, Integer> entries,
        List<String> imbalances,
        Calendar calendar,
        List<FailureType> failures,
        List<Listing> listings,
        boolean wrong) {
    /**
     * The failures of one type.
     *
     * @param meaning each paragraph of the runbook's section on it
     * @param actions each point of it: where to look, and what to do
     */
    public record FailureType(
            String type, int count, List<List<Span>> meaning, List<List<Span>> actions, Listing entries) {}

    /** Rows under a heading. */
    public record Listing(String id, String title, List<String> notes, Table table) {}

    /**
     * A part of a sentence.
     *
     * @param code whether it is code
     */
    public record Span(String text, boolean code) {
        /** Parses a sentence of Markdown with code in backticks. */
        public static List<Span> of(String markdown) {
            List<Span> spans = new ArrayList<>();
            boolean code = false;
            for (String text : markdown.split("`", -1)) {
                if (!text.isEmpty()) {
                    spans.add(new Span(text, code));
                }
                code = !code;
            }
            return spans;
        }
    }

    /** How many entries have a status. */
    public record Status(String name, int entries) {}

    public List<Status> statuses() {
        return entries.entrySet().stream()
                .map(status -> new Status(status.getKey(), status.getValue()))
                .toList();
    }

    /** Its nights, from the first to the last. */
    public String nights() {
        List<LocalDate> nights = calendar.nights();
        return nights.isEmpty() ? period : "%s to %s".formatted(nights.getFirst(), nights.getLast());
    }

    public int entryCount() {
        return entries.values().stream().mapToInt(Integer::intValue).sum();
    }
}
