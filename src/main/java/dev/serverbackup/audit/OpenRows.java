package dev.serverbackup.audit;

import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is still to be done, over all runs. The index behind it only finds keys and may be stale; rows are read
 * consistently before anything is done about them. Several passes at once are harmless. Implementations are safe for use by several
 * threads. Every method throws {@link AuditUnavailableException} when the table can't be read or written.
 */
public interface OpenRows {
    /** The rows that are due, oldest first: keys, and what the index says beside them. */
    List<DueRow> due(Instant now);

    /**
     * The entries of one server that stand at {@code STARTED}, due or not, of runs that are no older than an instant.
     * They come from an index: one that has just been started may be missing, one that has just ended may still be
     * there.
     */
    List<OpenRow> startedOn(ServerName server, Instant oldest);

    Row read(OpenRow row);

    /** Has a run looked at again later. Does nothing if its row has left the index meanwhile. */
    void postpone(Run run, Instant until);

    /**
     * Lets a final entry go: its notice is sent, and nothing is due after it any more. It has no expiry before its whole run has ended: see {@link #expire}.
     * Repeating it is harmless.
     *
     * @param at when the notice was sent; the first one stays
     */
    void noticed(Entry entry, Instant at);

    /**
     * Notes that a final entry's notice is sent, but keeps its row open, as {@link Row.OfNoticedEntry}, since retention
     * is still due after it. Repeating it changes only when it is due.
     *
     * @param at when the notice was sent; the first one stays
     * @param due when retention is to be tried again
     */
    void noticedToRetain(Entry entry, Instant at, Instant due);

    /**
     * Notes that a final run's notice is sent, and when its rows are to expire. Its row stays open, as {@link
     * Row.OfNoticedRun}, until it is released. Repeating it is harmless: the first instants stay.
     */
    void noticed(Run run, Instant at);

    /**
     * The entries of a run that have left and have no expiry yet.
     *
     * @return absent while any entry of the run is open
     */
    Optional<List<OpenRow>> withoutExpiry(Run run);

    /** Gives an entry that has left its expiry. Repeating it is harmless. */
    void expire(OpenRow entry, Instant at);

    /**
     * Gives a noticed run's row its expiry, and lets it go. To be done once all its entries have theirs: an entry must
     * not expire while its run could still miss it. Repeating it is harmless.
     */
    void release(Run run);
}
