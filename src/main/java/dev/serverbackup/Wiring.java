package dev.serverbackup;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.dynamodb.DynamoDbAuditTrail;
import dev.serverbackup.backup.opsworkscm.OpsWorksCmBackupService;
import dev.serverbackup.fleet.tagging.TaggedFleet;
import dev.serverbackup.request.EventReader;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.Pace;
import dev.serverbackup.run.Services;
import dev.serverbackup.run.TokenBucketPace;
import dev.serverbackup.run.VirtualThreadWorkers;
import dev.serverbackup.run.cloudwatch.CloudWatchRunMeter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClientBuilder;

/**
 * Builds the clients and adapters, by hand and here only. Endpoints, region and credentials are the SDK's business:
 * {@code AWS_ENDPOINT_URL_OPSWORKSCM} and its like lead it to another place than AWS.
 *
 * @param settings of the environment
 */
public record Wiring(
        Settings settings, EventReader events, BackupRun run, CloudWatchRunMeter meter, InstantSource clock) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration TABLE_ATTEMPT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TAGS_TIMEOUT = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 8;

    /** Everything for one execution environment, with region, endpoints and credentials as the environment says. */
    public static Wiring of(Settings settings) {
        return of(settings, _ -> {});
    }

    /**
     * The same, with the clients led elsewhere.
     *
     * @param lead is shown each client's builder before it is built
     */
    public static Wiring of(Settings settings, Consumer<AwsClientBuilder<?, ?>> lead) {
        return of(settings, lead, Clock.tickMillis(ZoneOffset.UTC));
    }

    /**
     * The same, at another time.
     *
     * @param clock in whole milliseconds, as the audit table keeps instants: what is read back equals what was written
     */
    public static Wiring of(Settings settings, Consumer<AwsClientBuilder<?, ?>> lead, InstantSource clock) {
        SecureRandom random = new SecureRandom();
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(settings.terms().callTimeout())
                .build();
        CloudWatchRunMeter meter = new CloudWatchRunMeter();
        Services services = new Services(
                new DynamoDbAuditTrail(led(table(http), lead).build(), settings.auditTable()),
                OpsWorksCmBackupService.with(
                        led(OpsWorksCmClient.builder().httpClient(http), lead),
                        clock,
                        settings.terms().callTimeout()),
                settings.terms(),
                new Backoff(settings.terms().retryDelay(), random),
                clock,
                attemptIds(random),
                meter);
        BackupRun run = new BackupRun(
                new TaggedFleet(led(tags(http), lead).build()),
                services,
                new VirtualThreadWorkers(settings.maxConcurrentCalls()));
        EventReader events = new EventReader(settings.defaultSelector(), settings.maxTargets());
        return new Wiring(settings, events, run, meter, clock);
    }

    /** One invocation's own pace: a bucket that slept in a snapshot would be full of stale tokens. */
    Pace pace() {
        return new TokenBucketPace(settings.callsPerSecond(), settings.callBurst(), clock);
    }

    Deadline deadline(int remainingMillis) {
        return new Deadline(clock.instant().plusMillis(remainingMillis));
    }

    private static <B extends AwsClientBuilder<?, ?>> B led(B builder, Consumer<AwsClientBuilder<?, ?>> lead) {
        lead.accept(builder);
        return builder;
    }

    private static DynamoDbClientBuilder table(SdkHttpClient http) {
        return DynamoDbClient.builder()
                .httpClient(http)
                .overrideConfiguration(retrying(TABLE_TIMEOUT).toBuilder()
                        .apiCallAttemptTimeout(TABLE_ATTEMPT_TIMEOUT)
                        .build());
    }

    private static ResourceGroupsTaggingApiClientBuilder tags(SdkHttpClient http) {
        return ResourceGroupsTaggingApiClient.builder().httpClient(http).overrideConfiguration(retrying(TAGS_TIMEOUT));
    }

    /** Said here, not left to the SDK's default, which is about to change: reads and conditional writes are repeated. */
    private static ClientOverrideConfiguration retrying(Duration timeout) {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(timeout)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .build();
    }

    private static Supplier<AttemptId> attemptIds(SecureRandom random) {
        return () -> {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            return new AttemptId(HexFormat.of().formatHex(bytes));
        };
    }
}
