package dev.serverbackup.backup;

import java.util.Objects;
import java.util.Optional;

/**
 * Why a backup was not started, or failed.
 *
 * @param message of 2,000 characters at most, in whole characters: a longer one is cut
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
    private static final int LONGEST_MESSAGE = 2_000;
    private static final String CUT = "…";
    private static final int REPLACEMENT = 0xFFFD;

    public BackupError {
        Objects.requireNonNull(type, "type");
        message = fitting(message);
    }

    /** An error of which nothing was answered and nothing can have happened. */
    public static BackupError known(ErrorType type, String message) {
        return new BackupError(type, message, Optional.empty(), Optional.empty(), false);
    }

    /** An error after which the call may have taken effect. */
    public static BackupError doubtful(ErrorType type, String message) {
        return new BackupError(type, message, Optional.empty(), Optional.empty(), true);
    }

    /** It is to be read by people, and has to fit a row, a notification and ten of them one call. */
    private static String fitting(String message) {
        StringBuilder whole = new StringBuilder();
        message.codePoints().map(BackupError::encodable).forEach(whole::appendCodePoint);
        if (whole.length() <= LONGEST_MESSAGE) {
            return whole.toString();
        }
        int end = LONGEST_MESSAGE - CUT.length();
        return whole.substring(0, Character.isHighSurrogate(whole.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    /** Half a surrogate pair has no UTF-8 form: neither table nor bus would take it. */
    private static int encodable(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE ? REPLACEMENT : codePoint;
    }

    /** The same, when a look has shown that nothing happened. */
    public BackupError withoutEffect() {
        return new BackupError(type, message, httpStatus, requestId, false);
    }

    /** The same in other words. */
    public BackupError saying(String words) {
        return new BackupError(type, words, httpStatus, requestId, effectUnknown);
    }
}
