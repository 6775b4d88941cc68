package dev.serverbackup;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.dynamodb.DynamoDbAuditRepository;
import dev.serverbackup.audit.dynamodb.DynamoDbCheckpointRepository;
import dev.serverbackup.audit.dynamodb.DynamoDbFollowUpRepository;
import dev.serverbackup.audit.dynamodb.DynamoDbHistoryRepository;
import dev.serverbackup.audit.dynamodb.DynamoDbVerificationRepository;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.CommandSettings;
import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.backup.opsworkscm.OpsWorksCmBackupService;
import dev.serverbackup.backup.runcommand.CommandOperations;
import dev.serverbackup.backup.runcommand.SystemsManagerBackupService;
import dev.serverbackup.followup.DailyDigest;
import dev.serverbackup.followup.FollowUp;
import dev.serverbackup.metrics.powertools.PowertoolsMetrics;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.notification.eventbridge.EventBridgeNotificationPublisher;
import dev.serverbackup.request.EventReader;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.ParallelExecutor;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.TokenBucketRateLimiter;
import dev.serverbackup.run.VirtualThreadExecutor;
import dev.serverbackup.schedule.MissedSlots;
import dev.serverbackup.server.ServerKind;
import dev.serverbackup.server.tagging.TaggingApiServerResolver;
import dev.serverbackup.verification.VerificationPlan;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

/**
 * Creates the application's objects and passes them their dependencies; no other class does. One for each execution
 * environment; thread-safe.
 */
public final class Application {
    private final Settings settings;
    private final AwsClients clients;
    private final InstantSource clock;
    private final DynamoDbClient table;
    private final FollowUpRepository repository;
    private final ParallelExecutor workers;
    private final PowertoolsMetrics metrics = new PowertoolsMetrics();
    private final ResourceGroupsTaggingApiClient tags;
    private final Supplier<AttemptId> attemptIds;
    private final SecureRandom random = new SecureRandom();
    private final Ports ports;

    private Application(Settings settings, AwsClients clients, InstantSource clock) {
        this.settings = settings;
        this.clients = clients;
        this.clock = clock;
        this.table = clients.dynamoDb();
        this.repository = new DynamoDbFollowUpRepository(
                table, settings.auditTable(), Duration.ofDays(settings.auditDays()), clock);
        this.workers = new VirtualThreadExecutor(settings.maxConcurrentCalls());
        this.attemptIds = attemptIds(random);
        this.tags = clients.tags();
        this.ports = ports(settings.backend());
    }

    /** For one invocation: the backup service keeps what it has read ahead until the invocation ends. */
    private RunDependencies dependencies() {
        return new RunDependencies(
                new DynamoDbAuditRepository(table, settings.auditTable(), clock),
                settings.backend().id(),
                ports.backups().get(),
                settings.timeouts(),
                new Backoff(settings.timeouts().retryDelay(), random),
                clock,
                attemptIds,
                metrics);
    }

    /** @param backups gives a service for one invocation */
    private record Ports(
            Supplier<BackupService> backups,
            BackupDeletion deletion,
            BackupQuota quota,
            Optional<BackupOperations> operations,
            ServerKind servers) {}

    private Ports ports(Backend backend) {
        Duration callTimeout = settings.timeouts().callTimeout();
        return switch (backend) {
            case Backend.OpsWorksCm _ -> {
                var service = OpsWorksCmBackupService.with(clients.opsWorksCm(), clock, callTimeout);
                var operations = Optional.of(service.operations())
                        .filter(_ -> !settings.verifyEvery().isZero());
                yield new Ports(() -> service, service, service, operations, ServerKind.OPSWORKS_CM);
            }
            case Backend.RunCommand(var runCommand, var verification) -> {
                var service = SystemsManagerBackupService.with(
                        clients.systemsManager(), tags, runCommand, repository::countUndeleted, clock, callTimeout);
                // There is no limit over all instances.
                yield new Ports(
                        service::anew,
                        service.deletion(),
                        Quota.Unlimited::new,
                        verification.map(document -> operations(document, runCommand)),
                        ServerKind.MANAGED_NODE);
            }
        };
    }

    private BackupOperations operations(DocumentReference document, RunCommandSettings runCommand) {
        return CommandOperations.with(
                clients.systemsManager(),
                new CommandSettings(document, runCommand.delivery(), runCommand.execution(), runCommand.logGroup()),
                clock,
                settings.timeouts().callTimeout());
    }

    /** With region, endpoints and credentials as the environment says. */
    public static Application of(Settings settings) {
        // Whole milliseconds, as the audit table keeps instants: what is read back equals what was written.
        return of(settings, Clock.tickMillis(ZoneOffset.UTC), _ -> {});
    }

    /**
     * With another clock, and with clients that the caller may change before they are built.
     *
     * @param clock in whole milliseconds
     * @param customizer is called with each client's builder, before the client is built
     */
    public static Application of(Settings settings, InstantSource clock, Consumer<AwsClientBuilder<?, ?>> customizer) {
        return new Application(settings, AwsClients.with(settings.timeouts().callTimeout(), customizer), clock);
    }

    EventReader eventReader() {
        return new EventReader(settings.defaultSelector(), settings.maxTargets(), settings.stackName());
    }

    /** Creates a {@link BackupRun} for one invocation. */
    Supplier<BackupRun> backupRuns() {
        return () -> backupRun(dependencies());
    }

    private BackupRun backupRun(RunDependencies dependencies) {
        return new BackupRun(new TaggingApiServerResolver(tags, ports.servers()), dependencies, workers);
    }

    /** Creates a {@link FollowUp} for one invocation. */
    Supplier<FollowUp> followUps() {
        var notifications = new EventBridgeNotificationPublisher(
                clients.eventBridge(), settings.eventBus(), settings.stackName(), clock);
        var verification = new VerificationPlan(
                new DynamoDbVerificationRepository(table, settings.auditTable(), clock),
                ports.operations(),
                settings.verifyEvery());
        return () -> {
            RunDependencies dependencies = dependencies();
            return new FollowUp(
                    dependencies,
                    repository,
                    notifications,
                    workers,
                    settings.retention(),
                    ports.deletion(),
                    ports.quota(),
                    verification,
                    missedSlots(dependencies),
                    digest(notifications));
        };
    }

    private Optional<DailyDigest> digest(NotificationPublisher notifications) {
        return settings.digestHour() < 0
                ? Optional.empty()
                : Optional.of(new DailyDigest(
                        settings.digestHour(),
                        settings.retention().zone(),
                        new DynamoDbCheckpointRepository(table, settings.auditTable()),
                        new DynamoDbHistoryRepository(table, settings.auditTable(), clock),
                        notifications,
                        clock));
    }

    private Optional<MissedSlots> missedSlots(RunDependencies dependencies) {
        EventReader events = eventReader();
        return settings.schedule()
                .map(schedule -> new MissedSlots(
                        schedule,
                        new DynamoDbCheckpointRepository(table, settings.auditTable()),
                        dependencies.audit(),
                        backupRun(dependencies),
                        slot -> events.ofSlot(schedule.name(), slot, schedule.sentByScheduler()),
                        metrics,
                        clock));
    }

    /** Does an invocation's work and writes its metrics, even if the work failed. */
    <T> T measured(Supplier<T> work) {
        return metrics.measure(work);
    }

    /**
     * A rate limiter for one invocation: one restored from a snapshot would have saved up tokens since the snapshot.
     */
    RateLimiter rateLimiter() {
        return new TokenBucketRateLimiter(settings.callsPerSecond(), settings.callBurst(), clock);
    }

    Deadline deadline(int remainingMillis) {
        return new Deadline(clock.instant().plusMillis(remainingMillis));
    }

    private static Supplier<AttemptId> attemptIds(SecureRandom random) {
        return () -> {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            return new AttemptId(HexFormat.of().formatHex(bytes));
        };
    }
}
