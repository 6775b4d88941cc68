package dev.serverbackup.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long an entry waits for its next attempt: doubled each time, at most 16 times the first delay, and spread between
 * half of it and the whole, so that servers refused together do not come back together. As thread-safe as its
 * generator.
 */
public record Backoff(Duration first, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 4;

    /** @param attempts made so far, at least 1 */
    public Duration after(int attempts) {
        long whole = first.toMillis() << Math.min(Math.max(attempts - 1, 0), MOST_DOUBLINGS);
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
