package dev.serverbackup.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long things may take. They fit together by construction, for the promise that no backup is asked for twice rests
 * on it: a claim's lease is longer than the call plus the time until an accepted backup can be seen.
 *
 * @param callTimeout for one call, all its repetitions on throttling together
 * @param visibilityDelay until an accepted backup is visible, pauses and clock skew included
 * @param lease for one claim
 * @param retryDelay before the second attempt; doubled with each one after
 * @param startWindow from the run's creation: afterwards no attempt begins
 * @param completionWindow from the run's creation: afterwards nothing is waited for
 */
public record Timeouts(
        Duration callTimeout,
        Duration visibilityDelay,
        Duration lease,
        Duration retryDelay,
        Duration startWindow,
        Duration completionWindow) {
    /** What a claim needs beside call and visibility delay: the claim's own write, and a thread's turn. */
    public static final Duration CLAIM_ROOM = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException with every rule that is broken */
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
            faults.add("every time must be longer than nothing");
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
