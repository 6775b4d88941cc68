package dev.serverbackup.cli.audit;

import dev.serverbackup.request.SafeText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From one instant to another, both included, by the UTC clock.
 *
 * @param since not before 1970
 * @param until not after the year 9999, not before {@code since}
 */
public record Period(Instant since, Instant until) {
    /** Every instant that the table can have. */
    static final Period EVER = new Period(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999Z"));

    /** Each day is a query of its own. */
    static final int MOST_DAYS = 3_660;

    private static final int DAYS = 7;
    private static final int QUOTED = 60;
    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    /** As the table's instants are written, so that the order of the texts is the order of the instants. */
    private static final DateTimeFormatter AS_STORED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    public Period {
        if (Stream.of(since, until).anyMatch(Period::isOfNoRow)) {
            throw new IllegalArgumentException("--since and --until are of the years 1970 to 9999");
        }
        if (since.isAfter(until)) {
            throw new IllegalArgumentException(
                    "--since is not after --until, but %s is after %s".formatted(since, until));
        }
    }

    private static boolean isOfNoRow(Instant instant) {
        return instant.isBefore(Instant.EPOCH) || instant.isAfter(Instant.parse("9999-12-31T23:59:59.999999999Z"));
    }

    /** From {@code since} to {@code until}; unlimited where one is absent. */
    static Period of(Optional<String> since, Optional<String> until) {
        return new Period(
                since.map(Period::since).orElse(EVER.since),
                until.map(Period::until).orElse(EVER.until));
    }

    /**
     * A UTC day.
     *
     * @throws IllegalArgumentException if the option's text is no date
     */
    static Period ofDay(String option, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (text.matches(DATE) && !isOfNoRow(startOf(day))) {
                return new Period(startOf(day), endOf(day));
            }
        } catch (DateTimeParseException noDate) {
            // Reported below, like a date out of range.
        }
        throw new IllegalArgumentException("%s is a date of the years 1970 to 9999 such as 2026-11-20, not \"%s\""
                .formatted(option, SafeText.shown(text, QUOTED)));
    }

    /** The same; without {@code until} to the end of today, without {@code since} seven days. */
    static Period ofDays(Optional<String> since, Optional<String> until, LocalDate today) {
        Instant end = until.map(Period::until).orElseGet(() -> endOf(today));
        Instant start = since.map(Period::since).orElseGet(() -> daysUpTo(end));
        if (until.isEmpty() && start.isAfter(end)) {
            throw new IllegalArgumentException(
                    "--since=%s is in the future, and without --until the period ends with today, %s"
                            .formatted(SafeText.shown(since.orElseThrow(), QUOTED), today));
        }
        Period period = new Period(start, end);
        if (ChronoUnit.DAYS.between(date(start), date(end)) >= MOST_DAYS) {
            throw new IllegalArgumentException(
                    "--since to --until are at most %d days where each day is read by itself, not %s"
                            .formatted(MOST_DAYS, period));
        }
        return period;
    }

    /** Whether it contains no whole millisecond, and so no instant of the table. */
    boolean isEmpty() {
        return first().compareTo(last()) > 0;
    }

    /** Each UTC day that it touches, from the first to the last. */
    Stream<LocalDate> days() {
        return date(since).datesUntil(date(until).plusDays(1));
    }

    /** Its part of each of these days. */
    Stream<Period> parts() {
        return days().map(day -> new Period(
                Collections.max(List.of(since, startOf(day))),
                Collections.min(List.of(until, startOf(day.plusDays(1)).minusNanos(1)))));
    }

    /** Whether it contains an instant in the table's form. */
    boolean includes(String instant) {
        return first().compareTo(instant) <= 0 && instant.compareTo(last()) <= 0;
    }

    /** The first instant of the table that is not before it. */
    String first() {
        Instant floor = since.truncatedTo(ChronoUnit.MILLIS);
        return AS_STORED.format(floor.equals(since) ? floor : floor.plusMillis(1));
    }

    /** The last instant of the table that is not after it. */
    String last() {
        return AS_STORED.format(until);
    }

    @Override
    public String toString() {
        return equals(EVER) ? "at any time" : "from %s to %s".formatted(since, until);
    }

    private static Instant since(String text) {
        return from("--since", text);
    }

    /**
     * The instant of an option; for a date, its first instant.
     *
     * @throws IllegalArgumentException if it is neither a date nor an instant
     */
    public static Instant from(String option, String text) {
        return text.matches(DATE) ? startOf(date(option, text)) : instant(option, text);
    }

    private static Instant until(String text) {
        return text.matches(DATE) ? endOf(date("--until", text)) : instant("--until", text);
    }

    private static LocalDate date(String option, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw neither(option, text, e);
        }
    }

    private static Instant instant(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw neither(option, text, e);
        }
    }

    private static IllegalArgumentException neither(String option, String text, DateTimeParseException cause) {
        return new IllegalArgumentException(
                "%s is a date such as 2026-11-20 or an instant such as 2026-11-20T02:00:00Z, not \"%s\""
                        .formatted(option, SafeText.shown(text, QUOTED)),
                cause);
    }

    private static Instant daysUpTo(Instant end) {
        Instant start = startOf(date(end).minusDays(DAYS - 1));
        return start.isBefore(Instant.EPOCH) && !end.isBefore(Instant.EPOCH) ? Instant.EPOCH : start;
    }

    private static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Instant endOf(LocalDate day) {
        return startOf(day.plusDays(1)).minusMillis(1);
    }
}
