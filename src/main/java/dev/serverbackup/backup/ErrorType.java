package dev.serverbackup.backup;

import java.util.Objects;
import java.util.Set;

/**
 * The type of an error in the audit: the API's own name for a typed error, ours for the others. The code uses the
 * constants; any other name of the API's is also valid.
 *
 * @param name as in the audit table, for example {@code LimitExceededException}
 */
public record ErrorType(String name) {
    public static final ErrorType INVALID_STATE = new ErrorType("InvalidStateException");
    public static final ErrorType LIMIT_EXCEEDED = new ErrorType("LimitExceededException");
    public static final ErrorType RESOURCE_NOT_FOUND = new ErrorType("ResourceNotFoundException");
    public static final ErrorType VALIDATION = new ErrorType("ValidationException");
    public static final ErrorType THROTTLING = new ErrorType("ThrottlingException");
    public static final ErrorType ACCESS_DENIED = new ErrorType("AccessDeniedException");
    /** Any 5xx: the effect is unknown. */
    public static final ErrorType SERVICE_UNAVAILABLE = new ErrorType("ServiceUnavailable");
    /** Time-out, lost connection, unreadable response: the effect is unknown. */
    public static final ErrorType NO_ANSWER = new ErrorType("NoAnswer");
    /** No credentials, an unknown host, a refused connection: the request was not sent. */
    public static final ErrorType NOT_SENT = new ErrorType("NotSent");
    /** The start window closed before an attempt was made. */
    public static final ErrorType START_WINDOW_EXCEEDED = new ErrorType("StartWindowExceeded");

    /** The backup's status says that it ran and failed. */
    public static final ErrorType BACKUP_FAILED = new ErrorType("BackupFailed");
    /** An accepted backup does not exist any more, or is being deleted. */
    public static final ErrorType BACKUP_VANISHED = new ErrorType("BackupVanished");
    /** An accepted backup was still running when the completion window closed; it may end well later. */
    public static final ErrorType COMPLETION_WINDOW_EXCEEDED = new ErrorType("CompletionWindowExceeded");

    /** The backup can't be read back: it is missing, damaged, or not the one that the audit describes. */
    public static final ErrorType VERIFICATION_FAILED = new ErrorType("VerificationFailed");
    /** Whether the backup can be read back is not known: the verification did not finish. */
    public static final ErrorType VERIFICATION_INCONCLUSIVE = new ErrorType("VerificationInconclusive");

    /** A restore was started and failed: the server may have been changed. */
    public static final ErrorType RESTORE_FAILED = new ErrorType("RestoreFailed");

    /** S3 refuses to delete an artefact before its Object Lock ends. Not a failure: it is deleted after that. */
    public static final ErrorType KEPT_BY_LOCK = new ErrorType("KeptByLock");

    private static final Set<ErrorType> NOT_NOW =
            Set.of(INVALID_STATE, THROTTLING, SERVICE_UNAVAILABLE, NO_ANSWER, NOT_SENT);

    /**
     * Errors about the caller's credentials or clock (AWS, "Common errors" of each service; docs/reliability.md). They
     * say nothing about the server or the request, and end when credentials are renewed or the clock is set.
     */
    private static final Set<String> CALLER_IDENTITY = Set.of(
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "RequestExpired",
            "RequestInTheFuture",
            "RequestTimeTooSkewed",
            "SignatureDoesNotMatch",
            "TokenRefreshRequired",
            "UnrecognizedClientException");

    public ErrorType {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("an error type has a name");
        }
    }

    /**
     * Whether another call may succeed while the start window is open, after the service answered a call with this
     * error. It says nothing about the effect of that call. For a command that was accepted, and has failed with this
     * error, see {@link Backup#isRefusedAfterwards()}.
     */
    public boolean isRetryable() {
        return NOT_NOW.contains(this) || isAboutCaller();
    }

    /** Whether an AWS service refused the caller's credentials or clock: the same request may be accepted later. */
    public boolean isAboutCaller() {
        return CALLER_IDENTITY.contains(name);
    }
}
