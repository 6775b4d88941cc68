package dev.serverbackup.backup;

/** What became of an operation on a backup. */
public sealed interface OperationResult {
    /** What {@link BackupOperations#start} answers. */
    sealed interface OfStart extends OperationResult {}

    /** What {@link BackupOperations#find} answers. */
    sealed interface OfLookup extends OperationResult {}

    /** What {@link BackupOperations#state} answers. */
    sealed interface OfLook extends OperationResult {}

    /** @param startedAs what the service calls it */
    record Running(String startedAs) implements OfStart, OfLookup, OfLook {}

    /** @param checked what was checked, in words: {@code size, SHA-256, pack}; or what was restored */
    record Succeeded(String checked) implements OfStart, OfLook {}

    /** It was begun, and ended badly. A verification of type {@code VerificationFailed} found the backup spoiled. */
    record Failed(BackupError error) implements OfStart, OfLook {}

    /** Nothing happened. */
    record Refused(BackupError error) implements OfStart {}

    /** Sent, and its effect is not known. */
    record Doubtful(BackupError error) implements OfStart {}

    /** It was too late to send it: nothing happened. */
    record NotSent() implements OfStart {}

    /** The service shows no such operation. */
    record NotFound() implements OfLookup {}

    /** The service did not answer: nothing is known. */
    record Unavailable(BackupError error) implements OfLookup, OfLook {}
}
