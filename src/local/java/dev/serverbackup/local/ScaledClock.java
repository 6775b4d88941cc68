package dev.serverbackup.local;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs faster or slower than another one by a constant factor. Thread-safe. */
final class ScaledClock implements InstantSource {
    private final InstantSource machine;
    private final Instant machineStart;
    private final Instant start;
    private final BigDecimal speed;

    /**
     * Begins now.
     *
     * @param start its first instant
     * @param speed its seconds for one second of {@code machine}, above 0
     */
    ScaledClock(InstantSource machine, Instant start, BigDecimal speed) {
        if (speed.signum() <= 0) {
            throw new IllegalArgumentException("a clock's speed is above 0, not " + speed);
        }
        this.machine = machine;
        this.machineStart = machine.instant();
        this.start = start;
        this.speed = speed;
    }

    @Override
    public Instant instant() {
        Duration passed = Duration.between(machineStart, machine.instant());
        BigDecimal millis = speed.multiply(BigDecimal.valueOf(passed.toMillis()));
        return start.plusMillis(millis.setScale(0, RoundingMode.DOWN).longValueExact());
    }
}
