package dev.serverbackup;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** What may be said to a client's builder besides where AWS is. */
final class Leads {
    private static final URI NOBODY_LISTENS = URI.create("http://127.0.0.1:1");

    private Leads() {}

    /** The audit table is not to be reached at all. */
    static void tableGone(AwsClientBuilder<?, ?> client) {
        if (client instanceof DynamoDbClientBuilder) {
            withoutPauses(client);
            client.endpointOverride(NOBODY_LISTENS);
        }
    }

    /** An audit table whose next calls go wrong, so many as each number says. */
    record UneasyTable(AtomicInteger unsent, AtomicInteger unanswered) implements ExecutionInterceptor {
        UneasyTable() {
            this(new AtomicInteger(), new AtomicInteger());
        }

        void lead(AwsClientBuilder<?, ?> client) {
            if (client instanceof DynamoDbClientBuilder) {
                client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                        .addExecutionInterceptor(this)
                        .build());
            }
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            if (takeOne(unsent)) {
                throw SdkClientException.create("no way to the table");
            }
        }

        /** The client takes this for a lost connection, and sends the request again. */
        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            if (takeOne(unanswered)) {
                throw RetryableException.create("the table's answer is lost");
            }
        }

        private static boolean takeOne(AtomicInteger left) {
            return left.getAndUpdate(many -> Math.max(0, many - 1)) > 0;
        }
    }

    private static void withoutPauses(AwsClientBuilder<?, ?> client) {
        BackoffStrategy none = BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(1));
        client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(3)
                        .backoffStrategy(none)
                        .throttlingBackoffStrategy(none)
                        .build())
                .build());
    }
}
