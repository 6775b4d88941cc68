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
 * Builds the SDK's clients over one HTTP client. Endpoints, region and credentials are the SDK's business: {@code
 * AWS_ENDPOINT_URL_OPSWORKSCM} and its like lead it to another place than AWS.
 *
 * @param callTimeout for one call to the backup service, or to the bus
 * @param customizer is shown each client's builder before it is built
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

    /** With a connection for each call that may be under way, table and service together. */
    static AwsClients with(Duration callTimeout, Consumer<AwsClientBuilder<?, ?>> customizer) {
        SdkHttpClient http = ApacheHttpClient.builder()
                .maxConnections(2 * Settings.MOST_CONCURRENT_CALLS)
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(callTimeout)
                .build();
        return new AwsClients(http, callTimer(), callTimeout, customizer);
    }

    /**
     * Ends the calls whose time is up. The SDK's own keeps the time-outs of calls that have long been answered, each
     * with its request, until they would have been due: that was most of a large run's memory.
     */
    private static ScheduledExecutorService callTimer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("call-timer-", 0).factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Its retries and time-outs are its adapter's business. */
    OpsWorksCmClientBuilder opsWorksCm() {
        OpsWorksCmClientBuilder builder =
                OpsWorksCmClient.builder().httpClient(http).overrideConfiguration(timed());
        customizer.accept(builder);
        return builder;
    }

    /** The same holds for it. */
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

    /** No call of it may outlast the function either, and the end of a pass leaves room for a call's time-out. */
    EventBridgeClient eventBridge() {
        var builder = EventBridgeClient.builder().httpClient(http).overrideConfiguration(retrying(callTimeout));
        customizer.accept(builder);
        return builder.build();
    }

    /** Said here, not left to the SDK's default, which is about to change. All that goes this way may be repeated. */
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
