package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.Runbook;
import dev.serverbackup.cli.Table;
import dev.serverbackup.cli.Table.Column;
import dev.serverbackup.cli.audit.Exclusions.Excluded;
import dev.serverbackup.cli.report.Calendar;
import dev.serverbackup.cli.report.Outcome;
import dev.serverbackup.cli.report.Report;
import dev.serverbackup.cli.report.Report.FailureType;
import dev.serverbackup.cli.report.Report.Listing;
import dev.serverbackup.cli.report.Report.Span;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects the content of each section of a report, row by row, and builds the report. */
final class ReportSections {
    private static final List<Column<Item>> FAILED = List.of(
            Columns.REQUESTED,
            Columns.SERVER,
            Columns.ATTEMPTS,
            Columns.RUN,
            new Column<>("MESSAGE", item -> item.shown("error", "message")));
    private static final List<Column<Item>> DELETING = List.of(
            of("DELETING SINCE", "deletingAt"),
            Columns.SERVER,
            Columns.BACKUP_ID,
            Columns.RUN,
            new Column<>("LAST ERROR", item -> item.shown("deleteError", "message")));
    private static final List<Column<Item>> VERIFIED = List.of(
            of("VERIFIED", "verifiedAt"),
            Columns.SERVER,
            Columns.BACKUP_ID,
            of("VERIFICATION", "verification"),
            Columns.RUN);
    private static final List<Column<Item>> RUNS = List.of(
            Columns.REQUESTED,
            Columns.RUN,
            Columns.STATUS,
            Columns.TARGETS,
            Columns.ENTRIES,
            of("EXCLUDED", "excludedCount"),
            of("SKIPPED", "skippedCount"),
            new Column<>("BY", item -> item.shown("requestedBy", "source")),
            of("REQUEST", "request"));

    private static final List<Column<Slot.Result>> SLOTS = List.of(
            new Column<>("SLOT", result -> result.slot().at().toString()),
            new Column<>("RESULT", result -> result.outcome().words()),
            new Column<>(
                    "STARTED",
                    result -> result.run().isMissed() ? "-" : result.run().shown("requestedAt")),
            new Column<>("STATUS", result -> result.run().shown("status")),
            new Column<>("RUN", result -> result.run().shown("runId")));

    private final List<Slot.Result> uncalled = new ArrayList<>();
    private final List<List<String>> runs = new ArrayList<>();
    private final Exclusions exclusions = new Exclusions();
    private final Map<String, Skipped> skipped = new TreeMap<>();
    private final TreeSet<String> backends = new TreeSet<>();
    private final Map<String, FirstItems> failures = new TreeMap<>();
    private final FirstItems verified = new FirstItems();
    private final FirstItems deleting = new FirstItems();
    private final FirstItems deleted = new FirstItems();
    private boolean namesAll = true;

    /**
     * The scope of a report.
     *
     * @param hours how long a server may be without a good backup
     * @param servers how many servers were targets
     */
    record Scope(String deployment, Period period, Instant now, int hours, int servers) {
        Instant second() {
            return now.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    private record Skipped(String resource, String reason, int runs) {
        Skipped and(Skipped next) {
            return new Skipped(resource, next.reason(), runs + next.runs());
        }
    }

    void addRun(Item run) {
        exclusions.add(run);
        Map<String, String> reasons = run.reasons("skipped", "resource");
        reasons.forEach((resource, reason) -> skipped.merge(resource, new Skipped(resource, reason, 1), Skipped::and));
        namesAll &= run.number("skippedCount") <= reasons.size()
                && run.number("excludedCount")
                        <= run.reasons("excluded", "name").size();
        run.text("backend").ifPresent(backends::add);
        runs.add(Table.row(RUNS, run));
    }

    /** Adds a slot of a schedule; those whose event was received are not listed. */
    void addSlot(Slot.Result result) {
        if (result.outcome() != Outcome.RAN) {
            uncalled.add(result);
        }
    }

    private long slots(Outcome outcome) {
        return uncalled.stream().filter(result -> result.outcome() == outcome).count();
    }

    void addEntry(Item entry) {
        if (entry.shown("status").equals("FAILED")) {
            failures.computeIfAbsent(entry.shown("error", "type"), _ -> new FirstItems())
                    .add(entry);
        }
        if (entry.has("verifiedAt")) {
            verified.add(entry);
        }
        if (entry.has("deletingAt") && !entry.has("deletedAt")) {
            deleting.add(entry);
        }
    }

    /** An entry of any period whose backup was deleted in this one. */
    void addDeleted(Item entry) {
        deleted.add(entry);
    }

    Report report(Scope scope, Balance balance, Calendar calendar, List<Overdue> overdue) {
        List<Fact> facts = facts(scope, balance, calendar, overdue);
        return new Report(
                scope.period().toString(),
                scope.deployment(),
                facts,
                json(scope, balance, overdue),
                balance.targets(),
                balance.entries(),
                balance.imbalances(),
                calendar,
                failureTypes(),
                listings(scope, overdue),
                !failures.isEmpty()
                        || !overdue.isEmpty()
                        || slots(Outcome.MISSED) > 0
                        || !balance.imbalances().isEmpty());
    }

    private List<Listing> listings(Scope scope, List<Overdue> overdue) {
        List<Listing> listings = new ArrayList<>(List.of(overdue(scope, overdue), exclusions(), skipped()));
        listings.addFirst(slots());
        listings.addAll(deletions());
        listings.add(verifications());
        listings.add(runs());
        return listings;
    }

    private List<Fact> facts(Scope scope, Balance balance, Calendar calendar, List<Overdue> overdue) {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("period", scope.period().toString()),
                new Fact("audit", scope.deployment()),
                new Fact("backend", backends.isEmpty() ? "-" : String.join(", ", backends)),
                new Fact("made", scope.second().toString()),
                new Fact("nights", String.valueOf(calendar.nights().size())),
                new Fact("runs", runs.size() + ": " + Balance.shown(balance.runs())),
                new Fact("servers", String.valueOf(scope.servers())),
                new Fact("targets", String.valueOf(balance.targets())),
                new Fact("entries", Balance.shown(balance.entries()))));
        facts.add(new Fact(
                "slots", "%d missed, %d caught up".formatted(slots(Outcome.MISSED), slots(Outcome.CAUGHT_UP))));
        failures.forEach((type, items) -> facts.add(new Fact("failed", items.count() + " " + type)));
        facts.add(new Fact("overdue", overdue.size() + ", of which never backed up " + never(overdue)));
        facts.add(new Fact("excluded", String.valueOf(exclusions.servers().size())));
        facts.add(new Fact("deleted", String.valueOf(deleted.count())));
        facts.add(new Fact("verified", String.valueOf(verified.count())));
        return facts;
    }

    private Map<String, Object> json(Scope scope, Balance balance, List<Overdue> overdue) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("since", scope.period().first());
        json.put("until", scope.period().last());
        json.put("deployment", scope.deployment());
        json.put("made", scope.second().toString());
        json.put("backends", backends);
        json.put("runs", balance.runs());
        json.put("missedSlots", slots(Outcome.MISSED));
        json.put("caughtUpSlots", slots(Outcome.CAUGHT_UP));
        json.put("servers", scope.servers());
        json.put("targets", balance.targets());
        json.put("entries", balance.entries());
        json.put("imbalances", balance.imbalances());
        json.put(
                "failures",
                failures.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, type -> type.getValue().count())));
        json.put("overdue", overdue);
        json.put("excluded", exclusions.servers());
        json.put("deleted", deleted.count());
        json.put("verified", verified.count());
        return json;
    }

    private static long never(List<Overdue> overdue) {
        return overdue.stream().filter(Overdue::neverBackedUp).count();
    }

    /** The most frequent first. */
    private List<FailureType> failureTypes() {
        if (failures.isEmpty()) {
            return List.of();
        }
        Runbook runbook = Runbook.read();
        return failures.entrySet().stream()
                .map(type -> failureType(type.getKey(), type.getValue(), runbook))
                .sorted((one, other) -> Integer.compare(other.count(), one.count()))
                .toList();
    }

    private static FailureType failureType(String type, FirstItems entries, Runbook runbook) {
        Map<Boolean, List<String>> isPoint = runbook.aboutError(type).paragraphs().stream()
                .collect(Collectors.partitioningBy(paragraph -> paragraph.startsWith("- ")));
        return new FailureType(
                type,
                entries.count(),
                isPoint.get(false).stream().map(Span::of).toList(),
                isPoint.get(true).stream()
                        .map(point -> Span.of(point.substring(2)))
                        .toList(),
                new Listing("", type, entries.note("the CSV has all"), entries.table(FAILED)));
    }

    private static Listing overdue(Scope scope, List<Overdue> overdue) {
        return new Listing(
                "overdue",
                "Overdue and never backed up",
                List.of(("At %s, when this report was made, %d of the %d targets had had no good backup that still"
                                + " exists for %d hours; %d of them never had one.")
                        .formatted(scope.second(), overdue.size(), scope.servers(), scope.hours(), never(overdue))),
                Overdue.table(overdue));
    }

    private Listing exclusions() {
        List<Excluded> servers = exclusions.servers();
        List<String> notes = new ArrayList<>();
        notes.add(servers.isEmpty() ? "No server was excluded by a tag." : "Servers that a tag excluded from runs.");
        if (!namesAll) {
            notes.add("A run names the first hundred excluded servers and skipped resources; there were more.");
        }
        return new Listing("exclusions", "Exclusions", notes, Exclusions.table(servers));
    }

    private Listing skipped() {
        return new Listing(
                "skipped",
                "Skipped resources",
                List.of(
                        skipped.isEmpty()
                                ? "No resource was skipped."
                                : "Resources with the selected tags that can't be targets."),
                Table.of(
                        List.of(
                                new Column<>("RESOURCE", Skipped::resource),
                                new Column<>("RUNS", one -> String.valueOf(one.runs())),
                                new Column<>("REASON", Skipped::reason)),
                        List.copyOf(skipped.values())));
    }

    private List<Listing> deletions() {
        Listing done = new Listing(
                "deletions",
                "Deletions",
                deleted.count() == 0
                        ? List.of("Retention deleted no backup in this period.")
                        : deleted.note("server-backup deleted shows all"),
                deleted.table(DeletedCommand.COLUMNS));
        Listing intended = new Listing(
                "deleting",
                "Deletions that have not happened yet",
                deleting.note("the CSV has all"),
                deleting.table(DELETING));
        return deleting.count() == 0 ? List.of(done) : List.of(done, intended);
    }

    private Listing verifications() {
        return new Listing(
                "verifications",
                "Verifications",
                verified.count() == 0 ? List.of("No verification is recorded.") : verified.note("the CSV has all"),
                verified.table(VERIFIED));
    }

    private Listing slots() {
        return new Listing(
                "slots",
                "Missed and caught-up slots",
                List.of(
                        uncalled.isEmpty()
                                ? "No slot of the stack's schedule was missed, as far as the audit knows."
                                : "Slots whose event was not received in time. For a missed slot nothing was backed"
                                        + " up."),
                Table.of(SLOTS, uncalled));
    }

    private Listing runs() {
        return new Listing(
                "runs",
                "Runs",
                runs.isEmpty() ? List.of("There is no run in this period.") : List.of(),
                new Table(Table.headings(RUNS), runs));
    }

    private static Column<Item> of(String heading, String attribute) {
        return new Column<>(heading, item -> item.shown(attribute));
    }
}
