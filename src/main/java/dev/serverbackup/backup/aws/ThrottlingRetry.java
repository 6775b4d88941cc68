package dev.serverbackup.backup.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Repeats a call on throttling only. {@code CreateBackup} has no client token: a throttled call did nothing and may be
 * sent again; after anything else it may have taken effect. Set here, since the SDK's defaults change.
 */
public final class ThrottlingRetry {
    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_DELAY = Duration.ofMillis(300);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(3);

    private ThrottlingRetry() {}

    public static RetryStrategy strategy() {
        BackoffStrategy backoff = BackoffStrategy.exponentialDelay(FIRST_DELAY, LONGEST_DELAY);
        return StandardRetryStrategy.builder()
                // Otherwise the client also retries on any 5xx, lost connections and unreadable responses.
                .useClientDefaults(false)
                .maxAttempts(ATTEMPTS)
                .circuitBreakerEnabled(false)
                .retryOnException(ThrottlingRetry::isThrottled)
                .treatAsThrottling(ThrottlingRetry::isThrottled)
                .backoffStrategy(backoff)
                .throttlingBackoffStrategy(backoff)
                .build();
    }

    private static boolean isThrottled(Throwable failure) {
        return failure instanceof AwsServiceException answer && Errors.isThrottled(answer);
    }
}
