package dev.serverbackup.simulation;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import java.time.Instant;

/** The life of an entry until its backup was accepted: what may follow what. */
final class Life {
    private Life() {}

    /** @param now of the slowest clock that there is */
    static boolean goesOn(Entry from, Entry to, Instant now) {
        boolean sameAttempt = from.attemptId().equals(to.attemptId());
        return switch (from.status()) {
            case PENDING -> to.status() == EntryStatus.FAILED || (to.status() == EntryStatus.CALLING && !sameAttempt);
            case CALLING ->
                switch (to.status()) {
                    case CALLING -> sameAttempt ? to.leaseUntil().equals(from.leaseUntil()) : isOver(from, now);
                    case PENDING, STARTED, FAILED -> sameAttempt;
                    case SUCCEEDED -> false;
                };
            case STARTED, SUCCEEDED, FAILED -> false;
        };
    }

    /** By the clock that is furthest ahead. */
    private static boolean isOver(Entry claim, Instant now) {
        return !now.plusMillis(SimulatedFaults.SKEW).isBefore(claim.leaseUntil().orElseThrow());
    }

    static boolean saysThatNothingHappened(Entry entry) {
        return entry.status() == EntryStatus.PENDING || (entry.status() == EntryStatus.FAILED && !entry.isAfterDoubt());
    }
}
