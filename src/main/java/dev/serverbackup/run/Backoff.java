package dev.serverbackup.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long an entry waits before a pass of the follow-up may make its next attempt: exponential backoff, at most 16
 * times the first delay, with jitter between half and all of it, so that servers refused together are not retried
 * together. As thread-safe as its generator.
 */
public record Backoff(Duration first, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 4;

    /** @param attempts made so far, at least 1 */
    public Duration after(int attempts) {
        long whole = first.toMillis() << Math.min(Math.max(attempts - 1, 0), MOST_DOUBLINGS);
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
