package dev.serverbackup.schedule;

import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * The slots of an EventBridge schedule: {@code cron(minutes hours day-of-month month day-of-week year)}, in
 * EventBridge's dialect. At daylight saving changes, a local time that is skipped has no slot, and one that occurs
 * twice has one slot, the earlier (EventBridge Scheduler's user guide, "Daylight savings time"). Safe for use by
 * several threads.
 */
public final class ScheduleExpression {
    private static final String CRON = "cron(";
    private static final int FIELDS = 6;

    /** More than any change of a zone's offset, in seconds. */
    private static final long MOST_PUT = 24L * 3600;

    private final CronExpression cron;
    private final ZoneId zone;

    private ScheduleExpression(CronExpression cron, ZoneId zone) {
        this.cron = cron;
        this.zone = zone;
    }

    /**
     * Reads an expression.
     *
     * @param zone the time zone of the fields
     * @return empty for {@code rate(...)}, whose times depend on when the schedule was created
     * @throws IllegalArgumentException for anything else
     */
    public static Optional<ScheduleExpression> parse(String text, ZoneId zone) {
        if (text.startsWith("rate(") && text.endsWith(")")) {
            return Optional.empty();
        }
        if (!text.startsWith(CRON) || !text.endsWith(")")) {
            throw new IllegalArgumentException("\"%s\" must be cron(...) or rate(...)".formatted(text));
        }
        String fields = text.substring(CRON.length(), text.length() - 1).strip();
        if (fields.split("\\s+").length != FIELDS) {
            throw new IllegalArgumentException(
                    "\"%s\" must have six fields: minutes, hours, day of month, month, day of week, year"
                            .formatted(text));
        }
        try {
            CronExpression cron = new CronExpression("0 " + fields);
            cron.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            return Optional.of(new ScheduleExpression(cron, zone));
        } catch (ParseException e) {
            throw new IllegalArgumentException("\"%s\" can't be read: %s".formatted(text, e.getMessage()), e);
        }
    }

    /** The slots after an instant and until another (inclusive), the oldest first, at most {@code atMost}. */
    public List<Instant> slots(Instant after, Instant until, int atMost) {
        List<Instant> slots = new ArrayList<>();
        // The expression is evaluated in local time as if it were UTC, with a margin for changes of the offset.
        Date local = Date.from(local(after).minusSeconds(MOST_PUT).toInstant(ZoneOffset.UTC));
        while (slots.size() < atMost) {
            local = next(local);
            if (local == null) {
                return slots;
            }
            LocalDateTime time = LocalDateTime.ofInstant(local.toInstant(), ZoneOffset.UTC);
            Optional<Instant> slot =
                    zone.getRules().getValidOffsets(time).stream().findFirst().map(time::toInstant);
            if (time.isAfter(local(until).plusSeconds(MOST_PUT))) {
                return slots;
            }
            slot.filter(at -> at.isAfter(after) && !at.isAfter(until)).ifPresent(slots::add);
        }
        return slots;
    }

    /** The newest slot after an instant and until another (inclusive). */
    public Optional<Instant> newestSlot(Instant after, Instant until) {
        return slots(after, until, Integer.MAX_VALUE).stream().reduce((_, newer) -> newer);
    }

    private LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, zone);
    }

    /** Synchronized, since Quartz's object has mutable state. */
    private synchronized Date next(Date after) {
        return cron.getNextValidTimeAfter(after);
    }
}
