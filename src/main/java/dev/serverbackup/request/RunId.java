package dev.serverbackup.request;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a run, the same for each delivery of its event: 1 to 100 of {@code A-Za-z0-9._:@-}. The {@code @} is
 * reserved: a caller's request id can't contain it, so no caller can use the run id of a schedule.
 */
public record RunId(String value) implements Comparable<RunId> {
    /**
     * The allowed form of a caller's request id, for messages. The name of a Step Functions execution fits: it has at
     * most 80 characters, or two UUIDs with an underscore between them if an EventBridge rule starts it.
     */
    public static final String ALLOWED_REQUEST_ID = "1 to 80 of A-Z a-z 0-9 . _ : -";

    /** The allowed form of an event's id that becomes the run id, for messages. */
    public static final String ALLOWED_EVENT_ID = "1 to 100 of A-Z a-z 0-9 . _ : -";

    private static final int MAX_INVOCATION_ID = 64;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:@-]{1,100}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,80}");

    /** @throws IllegalArgumentException if the value is not of the form above */
    public RunId {
        Objects.requireNonNull(value, "run id");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a run id is 1 to 100 of A-Z a-z 0-9 . _ : @ -");
        }
    }

    /** Whether a caller may use this text as a request id. */
    public static boolean isRequestId(String text) {
        return REQUEST_ID.matcher(text).matches();
    }

    /** The run of one slot of a schedule: a rule that fires twice for one minute is one run. */
    public static RunId ofSchedule(String ruleName, Instant slot) {
        return new RunId(ruleName + "@" + slot.truncatedTo(ChronoUnit.MINUTES));
    }

    /** The run of one slot of a schedule of EventBridge Scheduler, as the template's input names it. */
    static RunId ofScheduler(Instant slot) {
        return new RunId("schedule-" + slot.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The run of an EventBridge event without a request id; empty if the event's id does not have the form. */
    static Optional<RunId> ofEvent(String eventId) {
        return FORM.matcher(eventId).matches() && !eventId.contains("@")
                ? Optional.of(new RunId(eventId))
                : Optional.empty();
    }

    /** The run of a dry run without any id. A dry run writes no row: the id is only in the report and in log lines. */
    static RunId ofDryRun(String invocationId) {
        String plain = invocationId.replaceAll("[^A-Za-z0-9._:-]", "-");
        return new RunId("dry-run@" + plain.substring(0, Math.min(plain.length(), MAX_INVOCATION_ID)));
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
