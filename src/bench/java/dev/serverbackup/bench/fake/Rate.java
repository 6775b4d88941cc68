package dev.serverbackup.bench.fake;

import java.util.function.LongSupplier;

/** What a service allows its callers: a token bucket, exact to the nanosecond. Thread-safe. */
public final class Rate {
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final int burst;
    private final LongSupplier nanoTime;
    private double tokens;
    private long last;

    public Rate(int perSecond, int burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.tokens = burst;
        this.last = nanoTime.getAsLong();
    }

    synchronized boolean allows() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst, tokens + (now - last) / NANOS * perSecond);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Makes the bucket as full as after a long pause. */
    public synchronized void fill() {
        tokens = burst;
        last = nanoTime.getAsLong();
    }

    /** How long so many calls take at least, if the bucket is full at the start: the last one waits the longest. */
    public double secondsFor(int calls) {
        return Math.max(0, calls - burst) / (double) perSecond;
    }
}
