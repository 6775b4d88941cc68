package dev.serverbackup.cli.report;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counts outcomes by night, for each server and each schedule. A night is a UTC day. Used by one thread. */
public final class Calendar {
    /** The nights that fit the width of a page; a longer period has several tables. */
    static final int NIGHTS_OF_A_TABLE = 31;

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

    private static final Set<Outcome> GOOD =
            EnumSet.of(Outcome.SUCCEEDED, Outcome.DELETED, Outcome.RAN, Outcome.CAUGHT_UP);

    private final List<LocalDate> nights;
    private final Map<String, Line> servers = new TreeMap<>();
    private final Map<String, Line> schedules = new TreeMap<>();

    /** @param nights one after the other, without a gap */
    public Calendar(List<LocalDate> nights) {
        this.nights = List.copyOf(nights);
    }

    /** The counts of a server or a schedule, by outcome and night. */
    private static final class Line {
        private final Map<Outcome, int[]> counts = new EnumMap<>(Outcome.class);
        private String title;

        Line(String title) {
            this.title = title;
        }

        int count(int night, Outcome outcome) {
            int[] ofNights = counts.get(outcome);
            return ofNights == null ? 0 : ofNights[night];
        }
    }

    /**
     * Consecutive nights, with their outcomes.
     *
     * @param schedules a row for each schedule
     * @param rows one for each server
     */
    public record Table(
            List<Month> months, List<Night> nights, List<Row> schedules, List<Row> rows, List<Total> totals) {}

    /** @param nights how many nights of the table are in the month */
    public record Month(String name, int nights) {}

    /** @param name the whole date as text */
    public record Night(int day, String name) {}

    /**
     * The nights of a server, or of a schedule.
     *
     * @param succeeded the number of nights of the table with a successful backup; for a schedule, with a run
     * @param asked the number of nights in which it was a target; for a schedule, with a slot
     */
    public record Row(String title, List<Cell> cells, int succeeded, int asked) {}

    /**
     * One night of a row.
     *
     * @param style the style of the worst outcome; empty if there is none
     * @param letters a letter for each outcome, the worst first
     * @param words the meaning of the letters
     */
    public record Cell(String style, String letters, String words) {
        static final Cell EMPTY = new Cell("", "", "");
    }

    /** The number of times that an outcome occurred in each night of a table. */
    public record Total(Outcome outcome, List<Integer> counts) {}

    /** Counts one outcome of a server. */
    public void add(String server, LocalDate night, Outcome outcome) {
        add(servers, server, night, outcome);
    }

    /** Counts the outcome of one slot of a schedule, which is not in the totals. */
    public void addSlot(String schedule, LocalDate night, Outcome outcome) {
        add(schedules, schedule, night, outcome);
    }

    private void add(Map<String, Line> lines, String name, LocalDate night, Outcome outcome) {
        int at = (int) ChronoUnit.DAYS.between(nights.getFirst(), night);
        lines.computeIfAbsent(name, Line::new).counts.computeIfAbsent(outcome, _ -> new int[nights.size()])[at]++;
    }

    /** Sets the displayed name of a server that has been added. */
    public void call(String server, String title) {
        servers.get(server).title = title;
    }

    public List<LocalDate> nights() {
        return nights;
    }

    /** The number of times that an outcome occurred in each night. */
    public List<Integer> counts(Outcome outcome) {
        return counts(outcome, 0, nights.size());
    }

    /** The outcomes that occur. */
    public List<Outcome> outcomes() {
        return Stream.of(Outcome.values())
                .filter(outcome -> counts(outcome).stream().anyMatch(count -> count > 0))
                .toList();
    }

    public List<Table> tables() {
        return IntStream.iterate(0, from -> from < nights.size(), from -> from + NIGHTS_OF_A_TABLE)
                .mapToObj(from -> table(from, Math.min(from + NIGHTS_OF_A_TABLE, nights.size())))
                .toList();
    }

    private Table table(int from, int to) {
        List<LocalDate> some = nights.subList(from, to);
        Map<String, Integer> months =
                some.stream().collect(Collectors.toMap(MONTH::format, _ -> 1, Integer::sum, LinkedHashMap::new));
        return new Table(
                months.entrySet().stream()
                        .map(month -> new Month(month.getKey(), month.getValue()))
                        .toList(),
                some.stream()
                        .map(night -> new Night(night.getDayOfMonth(), DAY.format(night)))
                        .toList(),
                rows(schedules, from, to),
                rows(servers, from, to),
                outcomes().stream()
                        .map(outcome -> new Total(outcome, counts(outcome, from, to)))
                        .toList());
    }

    private List<Row> rows(Map<String, Line> lines, int from, int to) {
        return lines.values().stream().map(line -> row(line, from, to)).toList();
    }

    private Row row(Line line, int from, int to) {
        List<Cell> cells = new ArrayList<>();
        int succeeded = 0;
        int asked = 0;
        for (int night = from; night < to; night++) {
            List<Outcome> outcomes = outcomes(line, night);
            cells.add(cell(line, night, outcomes));
            succeeded += outcomes.stream().anyMatch(GOOD::contains) ? 1 : 0;
            asked += outcomes.isEmpty() || outcomes.equals(List.of(Outcome.EXCLUDED)) ? 0 : 1;
        }
        return new Row(line.title, cells, succeeded, asked);
    }

    private Cell cell(Line line, int night, List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return Cell.EMPTY;
        }
        String words = outcomes.stream()
                .map(outcome -> line.count(night, outcome) == 1
                        ? outcome.words()
                        : line.count(night, outcome) + " " + outcome.words())
                .collect(Collectors.joining("; "));
        return new Cell(
                outcomes.getFirst().style(),
                outcomes.stream().map(Outcome::letter).collect(Collectors.joining()),
                nights.get(night) + ": " + words);
    }

    private static List<Outcome> outcomes(Line line, int night) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> line.count(night, outcome) > 0)
                .toList();
    }

    private List<Integer> counts(Outcome outcome, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(night -> servers.values().stream()
                        .mapToInt(server -> server.count(night, outcome))
                        .sum())
                .toList();
    }
}
