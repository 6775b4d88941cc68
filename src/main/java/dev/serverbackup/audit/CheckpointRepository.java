package dev.serverbackup.audit;

import java.util.Optional;

/**
 * The rows of the audit table that say how far recurring tasks have got. Implementations are safe for use by several
 * threads. Every method throws {@link AuditUnavailableException} when the table can't be read or written.
 */
public interface CheckpointRepository {
    /** A strongly consistent read. */
    Optional<Checkpoint> read(Checkpoint.Kind kind);

    /**
     * Writes how far a task has got.
     *
     * @param old as it was read; if it has changed since, nothing is written
     * @return whether it is written
     */
    boolean replace(Checkpoint.Kind kind, Optional<Checkpoint> old, Checkpoint next);
}
