package dev.serverbackup.backup;

import java.time.Instant;

/**
 * Verifies and restores backups. Nothing that the service answers is thrown. Each call is over within the call time-out
 * that the implementation was given. Implementations are safe for use by several threads.
 */
public interface BackupOperations {
    /**
     * Asks for an operation; not idempotent: the service has no client token. It is sent again on throttling only.
     *
     * @param sendBefore nothing is sent at or after this instant, not for the first time and not again
     */
    OperationResult.OfStart start(BackupOperation operation, Instant sendBefore);

    /**
     * Looks whether an operation was started whose effect is in doubt. A new one may be shown late, within the
     * visibility delay. Idempotent.
     */
    OperationResult.OfLookup find(BackupOperation operation);

    /** Looks how a started operation stands. Idempotent. */
    OperationResult.OfLook state(BackupOperation operation, String startedAs);
}
