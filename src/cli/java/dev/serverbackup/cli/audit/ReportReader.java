package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.report.Calendar;
import dev.serverbackup.cli.report.Outcome;
import dev.serverbackup.cli.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads the content of a report: the runs of a period, and the rows of each run by a query, so that only one run's rows
 * are in memory. An instance is for one report.
 */
final class ReportReader {
    /** A year; each night is a column of the calendar. */
    static final int MOST_NIGHTS = 366;

    private final AuditReader audit;
    private final Period period;
    private final int hours;
    private final Instant now;
    private final Balance balance = new Balance();
    private final ReportSections sections = new ReportSections();
    private final Set<String> targets = new TreeSet<>();
    private final Set<String> backedUp = new HashSet<>();

    /** @param hours how long a server may be without a good backup */
    ReportReader(AuditReader audit, Period period, int hours) {
        this.audit = audit;
        this.period = period;
        this.hours = hours;
        this.now = audit.clock().instant();
    }

    /** Takes the entries one by one, in the order of the runs. */
    interface Sink {
        void accept(ReportedEntry entry) throws IOException;
    }

    /**
     * Reads all of it.
     *
     * @param deployment which audit it is
     * @throws IOException if the sink throws it
     * @throws IllegalArgumentException if the period has too many nights
     */
    Report read(String deployment, Sink sink) throws IOException {
        List<Item> runs = audit.runs(period);
        Calendar calendar = new Calendar(nights(runs));
        for (Item run : runs) {
            add(run.shown("runId"), calendar, sink);
        }
        period.parts()
                .flatMap(day -> audit.deleted(day, Integer.MAX_VALUE).items().stream())
                .forEach(sections::addDeleted);
        Set<String> late = new TreeSet<>(targets);
        late.removeAll(backedUp);
        return sections.report(
                new ReportSections.Scope(deployment, period, now, hours, targets.size()),
                balance,
                calendar,
                Overdue.among(late, hours, audit));
    }

    /** Up to today, or to the last run: later nights have no column. */
    private List<LocalDate> nights(List<Item> runs) {
        LocalDate last = Stream.concat(Stream.of(now), runs.stream().map(ReportReader::requested))
                .map(ReportReader::date)
                .max(LocalDate::compareTo)
                .orElseThrow();
        List<LocalDate> nights =
                period.days().filter(night -> !night.isAfter(last)).toList();
        if (nights.size() > MOST_NIGHTS) {
            throw new IllegalArgumentException(
                    "a report is on %d nights at most, not on %d".formatted(MOST_NIGHTS, nights.size()));
        }
        return nights;
    }

    private void add(String id, Calendar calendar, Sink sink) throws IOException {
        List<Item> rows = audit.ofRun(id, RunFindings.ALL).items();
        Optional<Item> row = rows.stream().filter(Item::isRun).findFirst();
        if (row.isEmpty()) {
            balance.addVanished(id);
            return;
        }
        Item run = row.get();
        LocalDate night = date(requested(run));
        List<Item> entries = rows.stream().filter(item -> !item.isRun()).toList();
        targets.addAll(run.names("targets"));
        balance.add(run, entries).forEach(server -> calendar.add(server, night, Outcome.MISSING));
        run.reasons("excluded", "name").keySet().forEach(server -> calendar.add(server, night, Outcome.EXCLUDED));
        sections.addRun(run);
        Slot.Result.of(run).ifPresent(result -> add(result, night, calendar));
        for (Item entry : entries) {
            add(new ReportedEntry(run, entry), night, calendar);
            sink.accept(new ReportedEntry(run, entry));
        }
    }

    /** A slot may be in the night before that of its run's request, and that night may be outside the period. */
    private void add(Slot.Result result, LocalDate requested, Calendar calendar) {
        LocalDate night = date(result.slot().at());
        calendar.addSlot(
                result.slot().schedule(), calendar.nights().contains(night) ? night : requested, result.outcome());
        sections.addSlot(result);
    }

    private void add(ReportedEntry reported, LocalDate night, Calendar calendar) {
        Item entry = reported.entry();
        String server = entry.shown("serverName");
        calendar.add(server, night, reported.outcome());
        calendar.call(server, entry.server());
        targets.add(server);
        if (entry.isGood()
                && entry.instant("finishedAt")
                        .filter(now.minus(Duration.ofHours(hours))::isBefore)
                        .isPresent()) {
            backedUp.add(server);
        }
        sections.addEntry(entry);
    }

    private static Instant requested(Item run) {
        return run.instant("requestedAt").orElse(Instant.EPOCH);
    }

    private static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
