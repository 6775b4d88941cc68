package dev.serverbackup.backup;

import java.util.Optional;

/** The result of asking for a deletion. */
public sealed interface DeletionResult {
    /** Deleted, or the service accepted the deletion and will not undo it. */
    record Deleted() implements DeletionResult {}

    /**
     * Accepted, but it may still fail: a repeated call tells whether the backup is deleted.
     *
     * @param deletionId the deletion's id at the service
     * @param before why a deletion that had been accepted before has failed
     */
    record Accepted(String deletionId, Optional<BackupError> before) implements DeletionResult {}

    /** There is no such backup (any more). */
    record AlreadyGone() implements DeletionResult {}

    /** Its state does not allow it: as a rule, a deletion is in progress already. */
    record InProgress(BackupError error) implements DeletionResult {}

    /** A typed error proves that nothing happened. */
    record Refused(BackupError error) implements DeletionResult {}

    /** Sent, and its effect is not known. */
    record Doubtful(BackupError error) implements DeletionResult {}
}
