package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.aws.Errors;
import dev.serverbackup.backup.aws.SendDeadline;
import dev.serverbackup.backup.aws.ThrottlingRetry;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;

/** Makes calls to Systems Manager. */
final class Calls {
    private Calls() {}

    /**
     * A client that retries only on throttling, and checks the clock before each transmission of a call with a
     * deadline.
     */
    static SsmClient client(SsmClientBuilder builder, Duration callTimeout) {
        return builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .retryStrategy(ThrottlingRetry.strategy())
                        .addExecutionInterceptor(new SendDeadline.Interceptor())
                        .apiCallTimeout(callTimeout)
                        .build())
                .build();
    }

    /** The result of a read. */
    sealed interface Answer<T> {
        record Got<T>(T value) implements Answer<T> {}

        record Failed<T>(BackupError error) implements Answer<T> {}
    }

    /** Makes a call that only reads. An exception becomes {@link Answer.Failed}. */
    static <T> Answer<T> answer(Supplier<T> read) {
        try {
            return new Answer.Got<>(read.get());
        } catch (AwsServiceException e) {
            return new Answer.Failed<>(Errors.of(e));
        } catch (AbortedException e) {
            // This is how the SDK reports an interrupt. Restores the interrupt flag.
            Thread.currentThread().interrupt();
            return new Answer.Failed<>(BackupError.known(ErrorType.NO_ANSWER, Errors.inOneLine(e)));
        } catch (RuntimeException e) {
            return new Answer.Failed<>(BackupError.known(ErrorType.NO_ANSWER, Errors.inOneLine(e)));
        }
    }
}
