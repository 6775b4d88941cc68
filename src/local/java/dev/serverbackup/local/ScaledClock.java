package dev.serverbackup.local;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs evenly, so many times as fast as another one. Thread-safe. */
final class ScaledClock implements InstantSource {
    private final InstantSource machine;
    private final Instant machineStart;
    private final Instant start;
    private final BigDecimal speed;

    /**
     * Begins now.
     *
     * @param start what it shows first
     * @param speed above 0: its seconds in a second of {@code machine}
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
