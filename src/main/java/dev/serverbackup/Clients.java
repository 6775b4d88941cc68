package dev.serverbackup;

import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
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
 * @param lead is shown each client's builder before it is built
 */
record Clients(SdkHttpClient http, Duration callTimeout, Consumer<AwsClientBuilder<?, ?>> lead) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 8;

    /**
     * For so many calls at once as the settings allow at most. The JDK keeps five idle connections to a host, and would open
     * a new one for most calls; the property is read once, when the first connection is kept ({@code java.net}'s networking
     * properties).
     */
    static Clients with(Duration callTimeout, Consumer<AwsClientBuilder<?, ?>> lead) {
        System.setProperty("http.maxConnections", Integer.toString(Settings.MOST_CONCURRENT_CALLS));
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(callTimeout)
                .build();
        return new Clients(http, callTimeout, lead);
    }

    /** Its retries and time-outs are its adapter's business. */
    OpsWorksCmClientBuilder opsWorksCm() {
        OpsWorksCmClientBuilder builder = OpsWorksCmClient.builder().httpClient(http);
        lead.accept(builder);
        return builder;
    }

    /** The same holds for it. */
    SsmClientBuilder systemsManager() {
        SsmClientBuilder builder = SsmClient.builder().httpClient(http);
        lead.accept(builder);
        return builder;
    }

    DynamoDbClient dynamoDb() {
        var builder = DynamoDbClient.builder().httpClient(http).overrideConfiguration(retrying(TIMEOUT));
        lead.accept(builder);
        return builder.build();
    }

    ResourceGroupsTaggingApiClient tags() {
        var builder =
                ResourceGroupsTaggingApiClient.builder().httpClient(http).overrideConfiguration(retrying(TIMEOUT));
        lead.accept(builder);
        return builder.build();
    }

    /** No call of it may outlast the function either, and the end of a pass leaves room for a call's time-out. */
    EventBridgeClient eventBridge() {
        var builder = EventBridgeClient.builder().httpClient(http).overrideConfiguration(retrying(callTimeout));
        lead.accept(builder);
        return builder.build();
    }

    /** Said here, not left to the SDK's default, which is about to change. All that goes this way may be repeated. */
    private static ClientOverrideConfiguration retrying(Duration timeout) {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(timeout)
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .build();
    }
}
