package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What is done with a good backup: it is verified, or restored.
 *
 * @param id 32 hexadecimal digits, never given twice: how the operation is recognised where the service has no client
 *     token
 * @param backup as the audit describes it
 * @param server on which it is done: to verify, the backup's own
 * @param requestedAt when it was decided: it can't have been sent before
 */
public record BackupOperation(Kind kind, String id, Backup backup, ServerName server, Instant requestedAt) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    /** What is done. */
    public enum Kind {
        VERIFY,
        RESTORE
    }

    /** @throws IllegalArgumentException for another form of id */
    public BackupOperation {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("an operation's id is 32 of 0-9 a-f, not \"" + id + "\"");
        }
    }
}
