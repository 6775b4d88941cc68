package dev.serverbackup.run;

import java.time.Instant;

/** Limits the rate of calls to the backup service, all its operations together. Safe for use by several threads. */
@FunctionalInterface
public interface RateLimiter {
    /**
     * Waits for a token.
     *
     * @return false, without waiting, if there is none before {@code latest}; then no call may be made
     */
    boolean take(Instant latest);
}
