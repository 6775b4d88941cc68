package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of the audit table with the state of each server's verification. Implementations are safe for use by several
 * threads. Every method throws {@link AuditUnavailableException} when the table can't be read or written.
 */
public interface VerificationRepository {
    /** Writes a server's row, due at once, if it has none. */
    void schedule(ServerName server, BackupBackend backend, Instant now);

    /**
     * The verifications that are due, oldest first, at most 1,000. An index finds them; each is then read strongly
     * consistently.
     */
    List<Verification> due(Instant now);

    /** A server's row, read consistently. */
    Optional<Verification> of(ServerName server);

    /**
     * Replaces a row.
     *
     * @return whether the row still had {@code old}'s version; otherwise nothing is written
     */
    boolean replace(Verification old, Verification next);

    /** Removes the row of a server that has no backup to verify. Does nothing if the row has changed meanwhile. */
    void remove(Verification old);

    /**
     * Writes a result to the entry of the backup. Repeating it is harmless.
     *
     * @return whether the entry still has that backup, and no deletion of it is intended; otherwise nothing is written
     */
    boolean record(Verification.Subject subject, VerificationResult result);
}
