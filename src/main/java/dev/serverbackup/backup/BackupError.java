package dev.serverbackup.backup;

import java.util.Objects;
import java.util.Optional;

/**
 * Why a backup was not started, or failed.
 *
 * @param message at most 2,000 characters; a longer one is cut
 * @param httpStatus absent if there was no response
 * @param requestId AWS's id of the request, if the response had one
 * @param effectUnknown whether the call may have taken effect in spite of the error
 */
public record BackupError(
        ErrorType type,
        String message,
        Optional<Integer> httpStatus,
        Optional<String> requestId,
        boolean effectUnknown) {
    private static final int LONGEST_MESSAGE = 2_000;
    private static final String CUT = "…";
    private static final int REPLACEMENT = 0xFFFD;

    public BackupError {
        Objects.requireNonNull(type, "type");
        message = fitting(message);
    }

    /** An error that did not come from the service, and after which nothing can have happened. */
    public static BackupError known(ErrorType type, String message) {
        return new BackupError(type, message, Optional.empty(), Optional.empty(), false);
    }

    /** An error after which the call may have taken effect. */
    public static BackupError doubtful(ErrorType type, String message) {
        return new BackupError(type, message, Optional.empty(), Optional.empty(), true);
    }

    /** A message is for people. It must fit into a row and a notification, and ten notifications into one call. */
    private static String fitting(String message) {
        StringBuilder whole = new StringBuilder();
        message.codePoints().map(BackupError::encodable).forEach(whole::appendCodePoint);
        if (whole.length() <= LONGEST_MESSAGE) {
            return whole.toString();
        }
        int end = LONGEST_MESSAGE - CUT.length();
        return whole.substring(0, Character.isHighSurrogate(whole.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    /** Half a surrogate pair can't be encoded in UTF-8: neither the table nor the bus would accept it. */
    private static int encodable(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE ? REPLACEMENT : codePoint;
    }

    /** The same error, after a lookup has shown that nothing happened. */
    public BackupError withoutEffect() {
        return new BackupError(type, message, httpStatus, requestId, false);
    }

    /** The same error of an entry that is not tried again since its start window closed. */
    public BackupError atWindowEnd() {
        String reason = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        return saying(reason + "; not tried again: the start window closed");
    }

    /** The same error with another message. */
    public BackupError saying(String words) {
        return new BackupError(type, words, httpStatus, requestId, effectUnknown);
    }
}
