package dev.serverbackup.local.opsworkscm;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The limit on requests for all operations together. Thread-safe; may be changed at any time. */
public final class Throttle {

    private final InstantSource clock;
    private volatile Optional<Bucket> bucket = Optional.empty();

    /** Lets everything pass until told otherwise. */
    public Throttle(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on so many requests a second, with a full bucket of {@code burst} to start with; both at least 1. */
    public void allow(int requestsPerSecond, int burst) {
        bucket = Optional.of(Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(requestsPerSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(new ClockMeter(clock))
                .build());
    }

    /** Whether one more request passes; if so, it counts. */
    public boolean admits() {
        return bucket.map(tokens -> tokens.tryConsume(1)).orElse(true);
    }

    private record ClockMeter(InstantSource clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
