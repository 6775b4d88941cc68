package dev.serverbackup.run;

import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A token bucket. */
public final class TokenBucketRateLimiter implements RateLimiter {
    private final BlockingBucket bucket;
    private final InstantSource clock;

    /**
     * @param perSecond tokens added per second, one at a time
     * @param burst tokens at the start, and the most that are saved up
     */
    public TokenBucketRateLimiter(int perSecond, int burst, InstantSource clock) {
        this.clock = clock;
        this.bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build()
                .asBlocking();
    }

    @Override
    public boolean take(Instant latest) {
        Duration patience = Duration.between(clock.instant(), latest);
        if (patience.isNegative()) {
            return false;
        }
        try {
            return bucket.tryConsume(1, patience.plusNanos(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
