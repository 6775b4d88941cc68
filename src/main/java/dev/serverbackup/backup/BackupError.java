package dev.serverbackup.backup;

import java.util.Objects;
import java.util.Optional;

/**
 * Why a backup was not started, or failed.
 *
 * @param httpStatus absent where there was no answer
 * @param requestId AWS's id of the request, where it answered one
 * @param effectUnknown whether the call may have taken effect all the same
 */
public record BackupError(
        ErrorType type,
        String message,
        Optional<Integer> httpStatus,
        Optional<String> requestId,
        boolean effectUnknown) {
    public BackupError {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(message, "message");
    }

    /** An error of which nothing was answered and nothing can have happened. */
    public static BackupError known(ErrorType type, String message) {
        return new BackupError(type, message, Optional.empty(), Optional.empty(), false);
    }

    /** An error after which the call may have taken effect. */
    public static BackupError doubtful(ErrorType type, String message) {
        return new BackupError(type, message, Optional.empty(), Optional.empty(), true);
    }

    /** The same, when a look has shown that nothing happened. */
    public BackupError settled() {
        return new BackupError(type, message, httpStatus, requestId, false);
    }

    /** The same, with more to its message. */
    public BackupError remarked(String remark) {
        return new BackupError(type, message + remark, httpStatus, requestId, effectUnknown);
    }
}
