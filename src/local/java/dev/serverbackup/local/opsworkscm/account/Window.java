package dev.serverbackup.local.opsworkscm.account;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** An hour of each day, or of one day of each week, in UTC: the API's {@code TimeWindowDefinition}. */
record Window(Optional<DayOfWeek> day, LocalTime start) {

    static final Duration LENGTH = Duration.ofHours(1);

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    /** The window of a text that meets the API's pattern, such as {@code Mon:08:00} or {@code 18:15}. */
    static Window parse(String text) {
        var daily = text.length() == 5;
        var day =
                daily ? Optional.<DayOfWeek>empty() : Optional.of(DayOfWeek.of(1 + DAYS.indexOf(text.substring(0, 3))));
        return new Window(day, LocalTime.parse(daily ? text : text.substring(4)));
    }

    /** When it next begins, later than {@code instant}. */
    Instant after(Instant instant) {
        var candidate = instant.atOffset(ZoneOffset.UTC).with(start);
        while (!candidate.toInstant().isAfter(instant) || !isOn(candidate.getDayOfWeek())) {
            candidate = candidate.plusDays(1);
        }
        return candidate.toInstant();
    }

    private boolean isOn(DayOfWeek other) {
        return day.isEmpty() || day.get() == other;
    }
}
