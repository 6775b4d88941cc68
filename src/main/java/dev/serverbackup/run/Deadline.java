package dev.serverbackup.run;

import java.time.Duration;
import java.time.Instant;

/**
 * When this invocation must be over.
 *
 * @param end when the function is stopped
 */
public record Deadline(Instant end) {
    /** To write down what was answered, and to report. */
    public static final Duration ROOM_TO_RECORD = Duration.ofSeconds(5);

    /** The latest instant at which something may begin that takes as long as this. */
    public Instant latestStart(Duration duration) {
        return end.minus(ROOM_TO_RECORD).minus(duration);
    }
}
