package dev.serverbackup.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * This machine's clock, in whole milliseconds, which can be set forward, so that an hour's window closes at once.
 */
public final class OffsetClock implements InstantSource {
    private static final InstantSource MACHINE = Clock.tickMillis(ZoneOffset.UTC);

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return MACHINE.instant().plus(ahead.get());
    }

    /** Sets the clock forward. */
    public void forward(Duration by) {
        ahead.updateAndGet(before -> before.plus(by));
    }
}
