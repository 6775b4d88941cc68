package dev.serverbackup.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * How far recurring work of the follow-up has come.
 *
 * @param of what it was done for, in words: where that changes, the work begins anew
 * @param until what comes after this instant is still to be done
 */
public record Checkpoint(String of, Instant until) {
    public Checkpoint {
        Objects.requireNonNull(of, "of");
        Objects.requireNonNull(until, "until");
    }

    /** Which work. */
    public enum Kind {
        /** The slots of the schedule that have been looked at. */
        SLOTS,
        /** The days whose digest has been sent. */
        DIGEST
    }
}
