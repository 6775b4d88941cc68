package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;
import java.time.Instant;

/**
 * An operation on a good backup: to verify it, or to restore it.
 *
 * @param id never given twice. It identifies the operation where the service has no client token. A document gets it as
 *     32 hexadecimal digits
 * @param backup as the audit describes it
 * @param server on which it is done; for a verification, the backup's own server
 * @param requestedAt when it was decided; it was not sent before that
 */
public record BackupOperation(Kind kind, String id, Backup backup, ServerName server, Instant requestedAt) {
    /** The kinds of operation. */
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
