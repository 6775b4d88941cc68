package dev.serverbackup.audit;

import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;

/**
 * What is still to be done, over all runs. The index behind it only finds keys and may be stale; rows are read
 * consistently before anybody acts. Implementations are safe for use by several threads, and several followers at once
 * are harmless. Every method throws {@link AuditUnavailableException} when the table can't be read or written.
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
     * Lets a final entry go: its notice is sent. From then on its expiry counts. Repeating it is harmless.
     *
     * @param at when the notice was sent; the first one stays
     */
    void noticed(Entry entry, Instant at);

    /** Lets a final run go: its notice is sent. From then on its expiry counts. Repeating it is harmless. */
    void noticed(Run run, Instant at);
}
