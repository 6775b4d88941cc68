package dev.serverbackup.backup;

/** The result of a call about an operation on a backup. */
public sealed interface OperationResult {
    /** A result of {@link BackupOperations#start}. */
    sealed interface OfStart extends OperationResult {}

    /** A result of {@link BackupOperations#find}. */
    sealed interface OfLookup extends OperationResult {}

    /** A result of {@link BackupOperations#state}. */
    sealed interface OfState extends OperationResult {}

    /** @param startedAs the operation's id at the service */
    record Running(String startedAs) implements OfStart, OfLookup, OfState {}

    /** @param checked what was checked, as text: {@code size, SHA-256, pack}; or what was restored */
    record Succeeded(String checked) implements OfStart, OfState {}

    /**
     * It was started and failed. For a verification, the error type {@code VerificationFailed} means that the backup is
     * bad.
     */
    record Failed(BackupError error) implements OfStart, OfState {}

    /** Nothing happened. */
    record Refused(BackupError error) implements OfStart {}

    /** Sent, and its effect is not known. */
    record Doubtful(BackupError error) implements OfStart {}

    /** It was too late to send it, so nothing happened. */
    record NotSent() implements OfStart {}

    /** The service shows no such operation. */
    record NotFound() implements OfLookup {}

    /** The service did not answer: nothing is known. */
    record Unavailable(BackupError error) implements OfLookup, OfState {}
}
