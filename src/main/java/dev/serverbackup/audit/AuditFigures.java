package dev.serverbackup.audit;

import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Optional;

/**
 * How things stand over many rows, for metrics. From indexes: what was written a moment ago may be missing.
 * Implementations are safe for use by several threads. Every method throws {@link AuditUnavailableException} when the
 * table can't be read.
 */
public interface AuditFigures {
    /** Counts every entry that is not final, or whose notice has not been sent, whether it is due or not. */
    OpenEntries openEntries();

    /**
     * Since when a server has had no new good backup: when its last one was recorded. If none of its newest entries
     * succeeded (200 are looked at), when the oldest of these was requested: it has been without for longer than that.
     *
     * @return absent if there are no entries of the server
     */
    Optional<Instant> withoutSuccessSince(ServerName server);

    /** @param oldest when the one was requested that has been open for longest; absent if none is open */
    record OpenEntries(int count, Optional<Instant> oldest) {}
}
