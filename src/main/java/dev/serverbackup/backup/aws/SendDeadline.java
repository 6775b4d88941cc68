package dev.serverbackup.backup.aws;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Checks the clock right before each transmission of one call, retries included, and stops it at or after the given
 * instant: a worker that was suspended must not send when it continues. So it also knows what a call that ended with an
 * exception can have done. For one call; not thread-safe.
 */
public final class SendDeadline {
    public static final ExecutionAttribute<SendDeadline> ATTRIBUTE = new ExecutionAttribute<>("SendDeadline");

    private final InstantSource clock;
    private final Instant sendBefore;
    private boolean closed;
    private boolean passed;

    public SendDeadline(InstantSource clock, Instant sendBefore) {
        this.clock = clock;
        this.sendBefore = sendBefore;
    }

    /**
     * The result of a call that ended with an exception. Any transmissions before the last one were throttled, since a
     * request is sent again for no other reason. So the last one decides, and only a typed error, or a connection that
     * was not made, proves that it did nothing.
     */
    public BackupResult resultOf(RuntimeException failure) {
        if (closed) {
            return new BackupResult.NotSent();
        }
        if (passed && failure instanceof AwsServiceException answer) {
            BackupError error = Errors.of(answer);
            return error.effectUnknown() ? new BackupResult.Doubtful(error) : new BackupResult.Refused(error);
        }
        return passed && !Errors.isBeforeConnection(failure)
                ? new BackupResult.Doubtful(Errors.noAnswer(failure))
                : new BackupResult.Refused(BackupError.known(ErrorType.NOT_SENT, Errors.inOneLine(failure)));
    }

    /** The same of a call that was to start an operation. */
    public OperationResult.OfStart startOf(RuntimeException failure) {
        return switch (resultOf(failure)) {
            case BackupResult.Refused(var error) -> new OperationResult.Refused(error);
            case BackupResult.Doubtful(var error) -> new OperationResult.Doubtful(error);
            case BackupResult.NotSent _ -> new OperationResult.NotSent();
            case BackupResult.Started _ -> throw new IllegalStateException("a failure starts nothing", failure);
        };
    }

    private void pass() {
        if (!clock.instant().isBefore(sendBefore)) {
            closed = true;
            throw SdkClientException.create("not sent: at or after " + sendBefore);
        }
        passed = true;
    }

    /** Checks the deadline of a call before each transmission; a call without a deadline is sent. */
    public static final class Interceptor implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            attributes.getOptionalAttribute(ATTRIBUTE).ifPresent(SendDeadline::pass);
        }
    }
}
