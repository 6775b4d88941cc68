package dev.serverbackup.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes only when told to. */
public final class ManualClock implements InstantSource {

    private volatile Instant now;

    public ManualClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    public synchronized void pass(Duration duration) {
        now = now.plus(duration);
    }
}
