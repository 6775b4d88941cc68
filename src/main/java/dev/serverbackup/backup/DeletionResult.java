package dev.serverbackup.backup;

/** What became of one {@code DeleteBackup} call. */
public sealed interface DeletionResult {
    /** Accepted: the service deletes it in its own time, and nothing brings it back. */
    record Deleted() implements DeletionResult {}

    /** There is no such backup (any more). */
    record AlreadyGone() implements DeletionResult {}

    /** Its state does not allow it: as a rule, a deletion is in progress already. */
    record InProgress(BackupError error) implements DeletionResult {}

    /** A typed answer proves that nothing happened. */
    record Refused(BackupError error) implements DeletionResult {}

    /** Sent, and its effect is not known. */
    record Doubtful(BackupError error) implements DeletionResult {}
}
