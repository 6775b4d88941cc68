package dev.serverbackup.request;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a run, however often its event is delivered: 1 to 100 of {@code A-Za-z0-9._:@-}. The {@code @} is ours: no
 * request id of a caller holds one, so no caller can name the run of a schedule.
 */
public record RunId(String value) implements Comparable<RunId> {
    /**
     * What a caller's request id may be, in words for people: an execution of Step Functions has a name of at most 80
     * characters, and one that an EventBridge rule starts is named by two UUIDs with an underscore between them.
     */
    public static final String ALLOWED_REQUEST_ID = "1 to 80 of A-Z a-z 0-9 . _ : -";

    /** What an event's own id may be where it names the run, in words for people. */
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

    /** The run of an EventBridge event without a request id, or nothing where its id is not of the form. */
    static Optional<RunId> ofEvent(String eventId) {
        return FORM.matcher(eventId).matches() && !eventId.contains("@")
                ? Optional.of(new RunId(eventId))
                : Optional.empty();
    }

    /** The id of a dry run without one. A dry run leaves no row: the id only marks report and log lines. */
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
