package dev.serverbackup.run;

import java.time.Duration;
import java.time.Instant;

/**
 * The time limit of this invocation.
 *
 * @param end when Lambda stops the function
 */
public record Deadline(Instant end) {
    /** The time to record the last results and to return the report. */
    public static final Duration ROOM_TO_RECORD = Duration.ofSeconds(5);

    /** The latest instant at which work of this duration may begin. */
    public Instant latestStart(Duration duration) {
        return end.minus(ROOM_TO_RECORD).minus(duration);
    }
}
