package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.ResultCommand;
import dev.serverbackup.cli.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Summarises one night: which runs there were, and their results. */
@Command(
        name = "night",
        description = {
            "The runs of the last 24 hours, or of a UTC day: whether the schedules ran, the results, and what is still"
                    + " open.",
            "The follow-up records missed slots of the stack's schedule. Any other schedule counts as missed if it ran"
                    + " in the same hours a week before. Exits with 1 if nothing ran, a slot is MISSED, a schedule is"
                    + " missed, or an entry failed."
        },
        footerHeading = "%nExample:%n",
        footer = "  server-backup night 2026-11-22 --stack server-backup")
public final class NightCommand extends ResultCommand {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int MOST_SHOWN = 50;
    private static final Set<String> UNFINISHED = Set.of("PENDING", "CALLING", "STARTED");

    @Parameters(paramLabel = "DATE", arity = "0..1", description = "A UTC day, such as 2026-11-22.")
    private String date;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        Period night = night(audit.clock().instant());
        List<Item> runs = audit.runs(night);
        List<Item> missed = runs.stream().filter(Item::isMissed).toList();
        List<Item> caughtUp = caughtUp(audit, runs);
        List<Item> open = open(audit, runs);
        Rows failed = audit.failed(night, MOST_SHOWN);
        List<String> missing = missing(audit, night, runs);
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("night", night.toString()));
        facts.add(new Fact("runs", runs.isEmpty() ? "none" : statuses(runs)));
        missed.forEach(run -> facts.add(new Fact("missed", run.shown("runId"))));
        caughtUp.forEach(run -> facts.add(new Fact("caught up", run.shown("runId"))));
        facts.add(new Fact(
                "targets",
                String.valueOf(
                        runs.stream().mapToInt(run -> run.number("targetCount")).sum())));
        facts.add(new Fact("entries", entries(runs)));
        byType(failed.items()).forEach((type, servers) -> facts.add(new Fact("failed", type + ": " + servers)));
        byStatus(open).forEach((status, servers) -> facts.add(new Fact("open", status + ": " + servers)));
        List<String> notes = notes(audit, night, runs, failed, missing, deployment);
        notes.addAll(slotNotes(missed, caughtUp));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("since", night.first());
        json.put("until", night.last());
        json.put("runs", runs.stream().map(Item::json).toList());
        json.put("missed", ids(missed));
        json.put("caughtUp", ids(caughtUp));
        json.put("failed", failed.items().stream().map(Item::json).toList());
        json.put("open", open.stream().map(Item::json).toList());
        json.put("schedulesWithoutRun", missing);
        return new Findings(
                facts,
                Table.of(RunsCommand.COLUMNS, runs),
                notes,
                json,
                runs.isEmpty() || !missed.isEmpty() || !failed.items().isEmpty() || !missing.isEmpty());
    }

    private Period night(Instant clock) {
        Instant now = clock.truncatedTo(ChronoUnit.SECONDS);
        return date == null ? new Period(now.minus(DAY), now) : Period.ofDay("DATE", date);
    }

    /** The index does not contain requestedBy, so the whole rows of scheduled runs are read. */
    private static List<Item> caughtUp(AuditReader audit, List<Item> runs) {
        List<Item> scheduled =
                runs.stream().filter(run -> Slot.of(run).isPresent()).toList();
        return audit.whole(new Rows(scheduled, false)).items().stream()
                .filter(Item::isCaughtUp)
                .toList();
    }

    private static List<String> ids(List<Item> runs) {
        return runs.stream().map(run -> run.shown("runId")).toList();
    }

    private static List<String> slotNotes(List<Item> missed, List<Item> caughtUp) {
        List<String> notes = new ArrayList<>();
        missed.forEach(run -> notes.add(
                ("The schedule's event for %s was not received, and nothing was backed up for it: server-backup"
                                + " explain MISSED.")
                        .formatted(run.shown("runId"))));
        caughtUp.forEach(
                run -> notes.add("The schedule's event for %s was not received: the follow-up started the run at %s."
                        .formatted(run.shown("runId"), run.shown("requestedAt"))));
        return notes;
    }

    /** What is still to be done of the night's runs. */
    private static List<Item> open(AuditReader audit, List<Item> runs) {
        Set<String> ids = runs.stream()
                .filter(run -> run.shown("status").equals("RUNNING"))
                .map(run -> run.shown("runId"))
                .collect(Collectors.toSet());
        return ids.isEmpty()
                ? List.of()
                : audit.open(LimitOption.MOST).items().stream()
                        .filter(item -> ids.contains(item.shown("runId")))
                        .filter(item -> UNFINISHED.contains(item.shown("status")))
                        .toList();
    }

    /** The schedules that ran in the same hours a week before, but not in this night. */
    private static List<String> missing(AuditReader audit, Period night, List<Item> runs) {
        Period before = new Period(night.since().minus(WEEK), night.until().minus(WEEK));
        Set<String> schedules = schedules(audit.runs(before));
        schedules.removeAll(schedules(runs));
        return List.copyOf(schedules);
    }

    private static Set<String> schedules(List<Item> runs) {
        return runs.stream()
                .flatMap(run -> Slot.of(run).stream())
                .map(Slot::schedule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String statuses(List<Item> runs) {
        Map<String, Long> counts = runs.stream()
                .collect(Collectors.groupingBy(run -> run.shown("status"), TreeMap::new, Collectors.counting()));
        return runs.size() + ": "
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String entries(List<Item> runs) {
        int succeeded = runs.stream().mapToInt(run -> run.count("SUCCEEDED")).sum();
        int failed = runs.stream().mapToInt(run -> run.count("FAILED")).sum();
        int targets = runs.stream().mapToInt(run -> run.number("targetCount")).sum();
        return "%d succeeded, %d failed, %d of runs that are not final"
                .formatted(succeeded, failed, targets - succeeded - failed);
    }

    private static Map<String, String> byType(List<Item> failed) {
        return failed.stream()
                .collect(Collectors.groupingBy(item -> item.shown("error", "type"), TreeMap::new, servers()));
    }

    /** By name, each once: several runs of a night may have the same targets. */
    private static Collector<Item, ?, String> servers() {
        return Collectors.mapping(
                Item::server,
                Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), servers -> String.join(", ", servers)));
    }

    private static Map<String, String> byStatus(List<Item> open) {
        return open.stream().collect(Collectors.groupingBy(item -> item.shown("status"), TreeMap::new, servers()));
    }

    private static List<String> notes(
            AuditReader audit,
            Period night,
            List<Item> runs,
            Rows failed,
            List<String> missing,
            Connection deployment) {
        List<String> notes = new ArrayList<>(failed.note());
        if (runs.isEmpty()) {
            String last = audit.runs(new Period(night.since().minus(Duration.ofDays(30)), night.since())).stream()
                    .reduce((_, newest) -> newest)
                    .map(run -> "The last one was %s, requested %s."
                            .formatted(run.shown("runId"), run.shown("requestedAt")))
                    .orElse("There was none in the 30 days before either.");
            notes.add("No run was requested %s (%s). %s".formatted(night, deployment, last));
        }
        missing.forEach(schedule ->
                notes.add("Schedule %s ran in the same hours a week before, and did not run here: is it enabled?"
                        .formatted(schedule)));
        if (!failed.items().isEmpty()) {
            notes.add("server-backup explain TYPE explains an error type; server-backup failed shows each message.");
        }
        return notes;
    }
}
