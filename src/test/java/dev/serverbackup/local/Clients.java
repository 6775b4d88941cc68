package dev.serverbackup.local;

import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

/** The real SDK clients against a local endpoint. They try once, so that one call is one request. */
public final class Clients {

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    private Clients() {}

    public static OpsWorksCmClient opsWorksCm(URI endpoint) {
        return client(OpsWorksCmClient.builder(), endpoint);
    }

    public static EventBridgeClient eventBridge(URI endpoint) {
        return client(EventBridgeClient.builder(), endpoint);
    }

    public static ResourceGroupsTaggingApiClient tagging(URI endpoint) {
        return client(ResourceGroupsTaggingApiClient.builder(), endpoint);
    }

    private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
            B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(once -> once.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    /** Leads the application's own clients there. */
    public static Consumer<AwsClientBuilder<?, ?>> to(URI endpoint, URI dynamoDb) {
        return client -> client.region(Region.US_EAST_1)
                .endpointOverride(client instanceof DynamoDbClientBuilder ? dynamoDb : endpoint)
                .credentialsProvider(CREDENTIALS);
    }
}
