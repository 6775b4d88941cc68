package dev.serverbackup.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * How far a recurring task of the follow-up has got.
 *
 * @param of what the task was done for, as text; if that changes, the task begins anew
 * @param until everything up to this instant is done
 */
public record Checkpoint(String of, Instant until) {
    public Checkpoint {
        Objects.requireNonNull(of, "of");
        Objects.requireNonNull(until, "until");
    }

    /** The recurring tasks. */
    public enum Kind {
        /** Finds slots of the schedule that were missed. */
        SLOTS,
        /** Sends the daily digest. */
        DIGEST
    }
}
