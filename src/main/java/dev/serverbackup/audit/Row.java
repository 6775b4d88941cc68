package dev.serverbackup.audit;

/** A row that was found open, read consistently. */
public sealed interface Row {
    /** An entry that is not final, or whose notice has not been sent. */
    record OfEntry(Entry entry) implements Row {}

    /** A run that is not final, or whose notice has not been sent. */
    record OfRun(Run run) implements Row {}

    /** Done with meanwhile: the index was stale. */
    record Closed() implements Row {}

    /** Nobody can act on it before a person has mended it. */
    record Unreadable(String why) implements Row {}
}
