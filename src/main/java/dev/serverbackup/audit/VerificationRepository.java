package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of the audit table that say how each server's verification stands. Implementations are safe for use by several
 * threads. Every method throws {@link AuditUnavailableException} when the table can't be read or written.
 */
public interface VerificationRepository {
    /** Gives a server its row, due at once, unless it has one. */
    void schedule(ServerName server, BackupBackend backend, Instant now);

    /** What is due, oldest first, 1,000 at most, as it stands: found by an index that may be stale, read consistently. */
    List<Verification> due(Instant now);

    /** A server's row, read consistently. */
    Optional<Verification> of(ServerName server);

    /**
     * Replaces a row.
     *
     * @return whether it stood at {@code old}'s version; otherwise nothing is written
     */
    boolean replace(Verification old, Verification next);

    /** Lets a server go that has no backup to verify: its row is gone. Nothing if it has changed meanwhile. */
    void remove(Verification old);

    /**
     * Writes a result to the entry of the backup. Repeating it is harmless.
     *
     * @return whether the entry still has that backup, and no deletion of it is intended; otherwise nothing is written
     */
    boolean record(Verification.Subject subject, VerificationResult result);
}
