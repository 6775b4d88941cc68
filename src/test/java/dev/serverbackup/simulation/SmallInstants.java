package dev.serverbackup.simulation;

import dev.serverbackup.audit.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The instants that matter: the last one for sending, and those from which the code decides otherwise than before.
 * Between them time makes no difference.
 */
final class SmallInstants {
    private static final Duration SEND = Scenario.TERMS.callTimeout().plus(Scenario.TERMS.visibilityDelay());

    private SmallInstants() {}

    static Optional<Long> after(long now, Entry entry) {
        TreeSet<Long> instants = new TreeSet<>();
        entry.leaseUntil().ifPresent(lease -> {
            instants.add(millis(lease.minus(SEND)) - 1);
            instants.add(millis(lease));
            instants.add(millis(entry.requestedAt().plus(Scenario.TERMS.completionWindow())) + 1);
        });
        instants.add(millis(entry.nextActionAt()));
        instants.add(millis(entry.requestedAt().plus(Scenario.TERMS.startWindow())) + 1);
        return Optional.ofNullable(instants.higher(now));
    }

    private static long millis(Instant instant) {
        return Duration.between(World.START, instant).toMillis();
    }
}
