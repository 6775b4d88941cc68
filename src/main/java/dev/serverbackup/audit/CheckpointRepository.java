package dev.serverbackup.audit;

import java.util.Optional;

/**
 * The rows of the audit table that say how far recurring work has come. Implementations are safe for use by several
 * threads. Every method throws {@link AuditUnavailableException} when the table can't be read or written.
 */
public interface CheckpointRepository {
    /** Read consistently. */
    Optional<Checkpoint> read(Checkpoint.Kind kind);

    /**
     * Writes how far the work has come.
     *
     * @param old as it was read; where it is another by now, nothing is written
     * @return whether it is written
     */
    boolean replace(Checkpoint.Kind kind, Optional<Checkpoint> old, Checkpoint next);
}
