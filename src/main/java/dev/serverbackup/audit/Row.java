package dev.serverbackup.audit;

import java.time.Instant;

/** A row that was found open, read consistently. */
public sealed interface Row {
    /** An entry that is not final, or whose notification has not been sent. */
    record OfEntry(Entry entry) implements Row {}

    /** An entry whose notification has been sent, and after which retention is still due. */
    record OfNotifiedEntry(Entry entry) implements Row {}

    /** A run that is not final, or whose notification has not been sent. */
    record OfRun(Run run) implements Row {}

    /**
     * A run whose notification has been sent: it leaves once all its entries have left, and its rows have their expiry.
     *
     * @param rowsExpireAt when all of them expire, at one instant
     */
    record OfNotifiedRun(Run run, Instant rowsExpireAt) implements Row {}

    /** Done with meanwhile: the index was stale. */
    record Closed() implements Row {}

    /** It can't be processed before a person has mended it. */
    record Unreadable(String why) implements Row {}
}
