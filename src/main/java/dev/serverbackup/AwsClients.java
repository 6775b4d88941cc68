package dev.serverbackup;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClientBuilder;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;

/**
 * Builds the SDK's clients over one HTTP client. The SDK itself finds endpoints, region and credentials; variables such
 * as {@code AWS_ENDPOINT_URL_OPSWORKSCM} set another endpoint than AWS's.
 *
 * @param callTimeout for one call to the backup service, or to the bus
 * @param customizer is called with each client's builder, before the client is built
 */
record AwsClients(
        SdkHttpClient http,
        ScheduledExecutorService timer,
        Duration callTimeout,
        Consumer<AwsClientBuilder<?, ?>> customizer)
        implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 8;

    /** The connection pool has room for each call that may be in progress, to the table and to the service together. */
    static AwsClients with(Duration callTimeout, Consumer<AwsClientBuilder<?, ?>> customizer) {
        SdkHttpClient http = ApacheHttpClient.builder()
                .maxConnections(2 * Settings.MOST_CONCURRENT_CALLS)
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(callTimeout)
                .build();
        return new AwsClients(http, callTimer(), callTimeout, customizer);
    }

    /**
     * Runs the clients' time-outs. Unlike the SDK's default executor, it removes a time-out when its call is answered.
     * The default one keeps it, with the call's request, until it would have expired: that was most of a large run's
     * memory.
     */
    private static ScheduledExecutorService callTimer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("call-timer-", 0).factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** The adapter sets retries and time-outs. */
    OpsWorksCmClientBuilder opsWorksCm() {
        OpsWorksCmClientBuilder builder =
                OpsWorksCmClient.builder().httpClient(http).overrideConfiguration(timed());
        customizer.accept(builder);
        return builder;
    }

    /** The adapter sets retries and time-outs. */
    SsmClientBuilder systemsManager() {
        SsmClientBuilder builder = SsmClient.builder().httpClient(http).overrideConfiguration(timed());
        customizer.accept(builder);
        return builder;
    }

    DynamoDbClient dynamoDb() {
        var builder = DynamoDbClient.builder().httpClient(http).overrideConfiguration(retrying(TIMEOUT));
        customizer.accept(builder);
        return builder.build();
    }

    ResourceGroupsTaggingApiClient tags() {
        var builder =
                ResourceGroupsTaggingApiClient.builder().httpClient(http).overrideConfiguration(retrying(TIMEOUT));
        customizer.accept(builder);
        return builder.build();
    }

    /**
     * Has the time-out of a backup call: a pass ends early enough for one such call, so that none outlasts the
     * function.
     */
    EventBridgeClient eventBridge() {
        var builder = EventBridgeClient.builder().httpClient(http).overrideConfiguration(retrying(callTimeout));
        customizer.accept(builder);
        return builder.build();
    }

    /** Sets the retries, since the SDK's defaults are about to change. Every call of these clients may be repeated. */
    private ClientOverrideConfiguration retrying(Duration timeout) {
        return timed().toBuilder()
                .apiCallTimeout(timeout)
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .build();
    }

    private ClientOverrideConfiguration timed() {
        return ClientOverrideConfiguration.builder()
                .scheduledExecutorService(timer)
                .build();
    }

    /** Closes the connections; no client can be used any more. */
    @Override
    public void close() {
        http.close();
        timer.shutdownNow();
    }
}
