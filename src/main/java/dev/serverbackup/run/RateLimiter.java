package dev.serverbackup.run;

import java.time.Instant;

/** How fast we may call the backup service, all its operations together. Safe for use by several threads. */
@FunctionalInterface
public interface RateLimiter {
    /**
     * Waits for a turn.
     *
     * @return false, without waiting on, if there is none before {@code latest}; then nothing may be called
     */
    boolean take(Instant latest);
}
