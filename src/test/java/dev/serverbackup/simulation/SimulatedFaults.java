package dev.serverbackup.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

/** What goes wrong next: chance, as the rates have it. */
final class SimulatedFaults {
    /** The widest difference between any two clocks; the visibility delay has room for it. */
    static final long SKEW = 5_000;

    private static final long CALL = Scenario.TIMEOUTS.callTimeout().toMillis();
    private static final long SETTLE = Scenario.TIMEOUTS.visibilityDelay().toMillis();
    private static final long LEASE = Scenario.TIMEOUTS.lease().toMillis();
    private static final long[] TELLING = {
        CALL,
        SETTLE,
        LEASE - CALL - SETTLE,
        LEASE,
        LEASE + CALL,
        2 * LEASE,
        Duration.ofMinutes(59).toMillis()
    };

    /** When a frozen worker thaws in a race: when it may only just send, or only just may not. */
    private static final long[] RACES = {LEASE - CALL - SETTLE, LEASE - SETTLE, LEASE - SETTLE, LEASE - CALL};

    private final SplittableRandom chance;
    final FaultRates rates;
    private final Tally tally;

    SimulatedFaults(Timeline timeline, FaultRates rates) {
        this.chance = timeline.chance;
        this.tally = timeline.tally;
        this.rates = rates;
    }

    boolean happens(Fault fault) {
        return happens(fault, 1);
    }

    /** @param share of those that the rates have */
    boolean happens(Fault fault, double share) {
        boolean happens = happens(rates.of(fault) * share);
        if (happens) {
            tally.count(fault);
        }
        return happens;
    }

    boolean happens(double probability) {
        return probability > 0 && chance.nextDouble() < probability;
    }

    /** How long a step takes: milliseconds, or as long as the process is frozen. */
    long delay() {
        return happens(Fault.FREEZE) ? freeze() : chance.nextInt(40);
    }

    /** The same before a step of this name. */
    long delayBefore(String step) {
        return step.startsWith(rates.frozenAt()) && happens(0.4) ? freeze() : delay();
    }

    /** Around the times that decide something, or for seconds, minutes, an hour, a day. */
    long freeze() {
        if (rates.race()) {
            return RACES[chance.nextInt(RACES.length)] + chance.nextLong(-2 * SKEW, SKEW);
        }
        return switch (chance.nextInt(16)) {
            case 0, 1, 2, 3 -> chance.nextLong(20_000);
            case 4, 5, 6 -> LEASE + chance.nextLong(2 * LEASE);
            case 7 -> chance.nextLong(Duration.ofMinutes(70).toMillis());
            case 8 ->
                Duration.ofHours(24).toMillis()
                        + chance.nextLong(Duration.ofHours(2).toMillis());
            default -> Math.max(0, TELLING[chance.nextInt(TELLING.length)] + chance.nextLong(-2 * SKEW, 2 * SKEW));
        };
    }

    /** When events are delivered: at once, and whenever else; in a race when the first lease is about to end. */
    long moment() {
        return rates.race() ? LEASE + chance.nextLong(4 * SKEW) : freeze();
    }

    /** A little later than something that others may be late for, too. */
    long jitter() {
        return switch (chance.nextInt(3)) {
            case 0 -> 0;
            case 1 -> chance.nextLong(200);
            default -> chance.nextLong(5_000);
        };
    }

    /** How far a clock is ahead of the slowest. */
    long skew() {
        return chance.nextLong(SKEW);
    }

    /** From the clock look until the service acts: less than the call's time-out. */
    long transit() {
        return happens(Fault.SLOW) ? chance.nextLong(CALL) : chance.nextInt(50);
    }

    /**
     * From the effect until the backup is shown. With the transit and the skew of clocks it stays below call time-out
     * plus visibility delay, as is assumed; and often comes close.
     */
    long hidden(long transit) {
        long longest = CALL + SETTLE - SKEW - transit;
        return happens(Fault.SLOW) ? longest - 1 - chance.nextLong(200) : chance.nextLong(Math.min(longest, 2_000));
    }

    /**
     * A backup takes so long; in a race it is over before the next one comes, who would see that the server is busy.
     */
    long work() {
        if (rates.race()) {
            return chance.nextLong(2_000);
        }
        return happens(0.5)
                ? chance.nextLong(10_000)
                : chance.nextLong(Duration.ofMinutes(20).toMillis());
    }

    /** The same of a backup that may take hours. */
    long workOrLate() {
        return happens(Fault.BACKUP_LATE) ? chance.nextLong(Duration.ofHours(30).toMillis()) : work();
    }

    /** How far an index is behind for a row: mostly not at all. */
    long lag() {
        return happens(Fault.STALE_INDEX)
                ? chance.nextLong(
                        Duration.ofMinutes(chance.nextInt(4) == 0 ? 90 : 3).toMillis())
                : 0;
    }

    long nextLong(long bound) {
        return chance.nextLong(bound);
    }
}
