package dev.serverbackup.audit;

import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The runs and failures of a period. They come from an index, which may miss what was written in the last seconds.
 * Implementations are safe for use by several threads. Every method throws {@link AuditUnavailableException} when the
 * table can't be read.
 */
public interface HistoryRepository {
    /** The runs that were requested at an instant or later, and before another; the oldest first. */
    List<PastRun> runs(Instant since, Instant before);

    /**
     * The failed entries of these runs, the oldest first.
     *
     * @param atMost the most that are read
     */
    List<PastFailure> failures(Instant since, Instant before, int atMost);

    /**
     * A run, as the index shows it.
     *
     * @param counts of its entries by status, once it is final
     */
    record PastRun(RunId runId, RunStatus status, int targets, Map<EntryStatus, Integer> counts, Instant requestedAt) {
        public PastRun {
            counts = Map.copyOf(counts);
        }
    }

    /** An entry that failed. */
    record PastFailure(ServerName server, ErrorType type) {}
}
