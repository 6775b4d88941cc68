package dev.serverbackup.audit;

import java.time.Instant;

/** A row that the index showed as open, after a strongly consistent read. */
public sealed interface Row {
    /** An entry that is not final, or whose notification has not been sent. */
    record OfEntry(Entry entry) implements Row {}

    /** An entry whose notification has been sent, and after which retention is still due. */
    record OfNotifiedEntry(Entry entry) implements Row {}

    /** A run that is not final, or whose notification has not been sent. */
    record OfRun(Run run) implements Row {}

    /**
     * A run whose notification has been sent. It leaves the index when all its entries have left it and have their
     * expiry.
     *
     * @param rowsExpireAt when all rows of the run expire
     */
    record OfNotifiedRun(Run run, Instant rowsExpireAt) implements Row {}

    /** The row has left the index meanwhile: the index was stale. */
    record Closed() implements Row {}

    /** The row is invalid: a person must correct it. */
    record Unreadable(String why) implements Row {}
}
