package dev.serverbackup.backup;

import java.util.Optional;

/** What became of one deletion that was asked for. */
public sealed interface DeletionResult {
    /** Accepted: the service deletes it in its own time, and nothing brings it back. Or it has done so. */
    record Deleted() implements DeletionResult {}

    /**
     * Accepted, but it may still fail: only asking again tells whether the backup is deleted.
     *
     * @param deletionId what this deletion is known by
     * @param before why a deletion of it that had been accepted before has failed
     */
    record Accepted(String deletionId, Optional<BackupError> before) implements DeletionResult {}

    /** There is no such backup (any more). */
    record AlreadyGone() implements DeletionResult {}

    /** Its state does not allow it: as a rule, a deletion is in progress already. */
    record InProgress(BackupError error) implements DeletionResult {}

    /** A typed answer proves that nothing happened. */
    record Refused(BackupError error) implements DeletionResult {}

    /** Sent, and its effect is not known. */
    record Doubtful(BackupError error) implements DeletionResult {}
}
