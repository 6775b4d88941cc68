package dev.serverbackup.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Time-outs, delays and windows. The constructor checks that they fit together, since the promise that no backup is
 * asked for twice depends on it: a claim's lease must be longer than the call time-out and the visibility delay
 * together.
 *
 * @param callTimeout of one call, with all its retries on throttling
 * @param visibilityDelay until an accepted backup is visible, suspended processes and clock skew included
 * @param lease of one claim
 * @param retryDelay before the second attempt; doubled with each one after
 * @param startWindow from the run's creation; no attempt begins after it
 * @param completionWindow from the run's creation; no backup is waited for after it
 */
public record Timeouts(
        Duration callTimeout,
        Duration visibilityDelay,
        Duration lease,
        Duration retryDelay,
        Duration startWindow,
        Duration completionWindow) {
    /**
     * What a lease needs besides call time-out and visibility delay: the write of the claim, and the scheduling of the
     * thread.
     */
    public static final Duration CLAIM_ROOM = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException naming every rule that is broken */
    public Timeouts {
        List<String> faults = faults(callTimeout, visibilityDelay, lease, retryDelay, startWindow, completionWindow);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    private static List<String> faults(
            Duration call, Duration visibility, Duration lease, Duration retry, Duration start, Duration completion) {
        List<String> faults = new ArrayList<>();
        if (!List.of(call, visibility, lease, retry, start, completion).stream().allMatch(Duration::isPositive)) {
            faults.add("every time must be positive");
        }
        Duration least = call.plus(visibility).plus(CLAIM_ROOM);
        if (lease.compareTo(least) < 0) {
            faults.add("the lease (%s) must be at least the call time-out, the visibility delay and 10 s together (%s)"
                    .formatted(seconds(lease), seconds(least)));
        }
        if (completion.compareTo(start.plus(lease)) < 0) {
            faults.add("the completion window (%s) must be at least the start window and a lease together (%s)"
                    .formatted(seconds(completion), seconds(start.plus(lease))));
        }
        return faults;
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
