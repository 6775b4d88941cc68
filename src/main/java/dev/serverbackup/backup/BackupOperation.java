package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;
import java.time.Instant;

/**
 * What is done with a good backup: it is verified, or restored.
 *
 * @param id never given twice; 32 hexadecimal digits where a document is told it: how the operation is recognised where the service has no client
 *     token
 * @param backup as the audit describes it
 * @param server on which it is done: to verify, the backup's own
 * @param requestedAt when it was decided: it can't have been sent before
 */
public record BackupOperation(Kind kind, String id, Backup backup, ServerName server, Instant requestedAt) {
    /** What is done. */
    public enum Kind {
        VERIFY,
        RESTORE
    }

    /** @throws IllegalArgumentException without an id */
    public BackupOperation {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an operation has an id");
        }
    }
}
