package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.aws.Errors;
import dev.serverbackup.backup.aws.SendDeadline;
import dev.serverbackup.backup.aws.ThrottlingRetry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
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

    /** Makes a call that only reads. */
    static <T> Answer<T> answer(Supplier<T> read) {
        try {
            return new Answer.Got<>(read.get());
        } catch (RuntimeException e) {
            return new Answer.Failed<>(Errors.ofRead(e));
        }
    }

    /** Makes calls that only read; returns why they failed, if they did. */
    static Optional<BackupError> failure(Runnable reads) {
        try {
            reads.run();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(Errors.ofRead(e));
        }
    }
}
