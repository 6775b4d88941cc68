package dev.serverbackup.backup;

import java.time.Instant;

/**
 * Verifies and restores backups. An error of the service is returned, not thrown. Each call ends within the call
 * time-out that the implementation was given. Implementations are safe for use by several threads.
 */
public interface BackupOperations {
    /**
     * Asks for an operation; not idempotent: the service has no client token. The request is sent again only if it is
     * throttled.
     *
     * @param sendBefore nothing is sent at or after this instant, not for the first time and not again
     */
    OperationResult.OfStart start(BackupOperation operation, Instant sendBefore);

    /**
     * Finds out whether an operation was started whose effect is unknown. A new one may be shown late, within the
     * visibility delay. Idempotent.
     */
    OperationResult.OfLookup find(BackupOperation operation);

    /** Gets the state of a started operation. Idempotent. */
    OperationResult.OfState state(BackupOperation operation, String startedAs);
}
