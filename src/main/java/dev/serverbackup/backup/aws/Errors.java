package dev.serverbackup.backup.aws;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Converts the errors of AWS services into those of the audit. */
public final class Errors {
    private static final Set<String> REQUEST_TIMEOUTS = Set.of("RequestTimeout", "RequestTimeoutException");
    private static final Pattern PLACE = Pattern.compile("\\s+at \\[Source");
    private static final int LONGEST_CHAIN = 20;

    private Errors() {}

    /** Only a typed 4xx error proves that nothing happened. A 408, a request time-out and an untyped error do not. */
    public static BackupError of(AwsServiceException answer) {
        Optional<String> code = Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .filter(text -> !text.isBlank());
        int status = answer.statusCode();
        if (isThrottled(answer)) {
            return error(answer, ErrorType.THROTTLING, false);
        }
        if (status >= 500) {
            return error(answer, ErrorType.SERVICE_UNAVAILABLE, true);
        }
        boolean refused = status >= 400 && status != 408 && code.isPresent() && !REQUEST_TIMEOUTS.contains(code.get());
        return refused ? error(answer, new ErrorType(code.get()), false) : error(answer, ErrorType.NO_ANSWER, true);
    }

    /**
     * Whether the request can't have reached the service: the host has no address, or no connection was made. A
     * connection that broke later, or was reset, proves nothing.
     */
    static boolean isBeforeConnection(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .anyMatch(cause -> cause instanceof ConnectException || cause instanceof UnknownHostException);
    }

    /** What a call that only reads has come to, whatever was thrown. */
    public static BackupError ofRead(RuntimeException failure) {
        return failure instanceof AwsServiceException answer
                ? of(answer)
                : BackupError.known(ErrorType.NO_ANSWER, inOneLine(failure));
    }

    /** There was no response, or none that could be read. */
    public static BackupError noAnswer(RuntimeException failure) {
        return BackupError.doubtful(ErrorType.NO_ANSWER, inOneLine(failure));
    }

    /** Whether it was throttled with a 4xx. A throttling error with a 5xx proves nothing. */
    public static boolean isThrottled(AwsServiceException answer) {
        return answer.isThrottlingException() && answer.statusCode() >= 400 && answer.statusCode() < 500;
    }

    /**
     * The exception's name and message, on one line; the position that Jackson adds on a line of its own is left out.
     */
    public static String inOneLine(RuntimeException failure) {
        String message = PLACE.split(String.valueOf(failure.getMessage()), 2)[0];
        return failure.getClass().getSimpleName() + ": " + message.replaceAll("\\s*\\R\\s*", " ");
    }

    private static BackupError error(AwsServiceException answer, ErrorType type, boolean effectUnknown) {
        String message = Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElseGet(answer::getMessage);
        return new BackupError(
                type,
                message == null ? "HTTP " + answer.statusCode() : message,
                Optional.of(answer.statusCode()),
                Optional.ofNullable(answer.requestId()),
                effectUnknown);
    }
}
