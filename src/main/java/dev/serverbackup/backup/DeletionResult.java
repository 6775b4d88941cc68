package dev.serverbackup.backup;

import java.util.Optional;

/** What became of one {@code DeleteBackup} call. */
public sealed interface DeletionResult {
    /** Accepted: the service deletes it in its own time, and nothing brings it back. */
    record Deleted() implements DeletionResult {}

    /**
     * Accepted, but it may still fail: only a look that finds the backup gone tells that it is deleted.
     *
     * @param before why a deletion of it that had been accepted before has failed
     */
    record Accepted(Optional<BackupError> before) implements DeletionResult {}

    /** There is no such backup (any more). */
    record AlreadyGone() implements DeletionResult {}

    /** Its state does not allow it: as a rule, a deletion is in progress already. */
    record InProgress(BackupError error) implements DeletionResult {}

    /** A typed answer proves that nothing happened. */
    record Refused(BackupError error) implements DeletionResult {}

    /** Sent, and its effect is not known. */
    record Doubtful(BackupError error) implements DeletionResult {}
}
