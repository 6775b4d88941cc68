package dev.serverbackup.followup;

import static dev.serverbackup.retention.RetentionScene.dryRun;
import static dev.serverbackup.retention.RetentionScene.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.dynamodb.DynamoDbAuditRepository;
import dev.serverbackup.audit.dynamodb.DynamoDbFollowUpRepository;
import dev.serverbackup.audit.dynamodb.DynamoDbVerificationRepository;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.opsworkscm.OpsWorksCmBackupService;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredBackupStatus;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.request.RunId;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.Timeouts;
import dev.serverbackup.run.VirtualThreadExecutor;
import dev.serverbackup.server.Targets;
import dev.serverbackup.verification.VerificationPlan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClientBuilder;

/** Whole passes over the real table and the real protocol; backups end as soon as they are started. */
class RetentionIT {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
    private static final InstantSource CLOCK = Clock.tickMillis(ZoneOffset.UTC);
    private static final CallPattern DELETE = CallPattern.of("DeleteBackup");

    private LocalCloud cloud;

    private void start(Duration deletion, FleetServer... servers) {
        cloud = LocalCloud.start(
                Fleet.of(servers).unthrottled().taking(new Durations(Duration.ZERO, Duration.ZERO, deletion)));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private OpsWorksCmClientBuilder client() {
        OpsWorksCmClientBuilder builder = OpsWorksCmClient.builder();
        cloud.lead(builder);
        return builder;
    }

    private RunDependencies services() {
        Timeouts timeouts = new Timeouts(
                CALL_TIMEOUT,
                Duration.ofSeconds(45),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofDays(1));
        return new RunDependencies(
                new DynamoDbAuditRepository(cloud.dynamoDb().client(), LocalCloud.AUDIT_TABLE, CLOCK),
                BackupBackend.OPSWORKS_CM,
                OpsWorksCmBackupService.with(client(), CLOCK, CALL_TIMEOUT),
                timeouts,
                new Backoff(timeouts.retryDelay(), new Random(4711)),
                CLOCK,
                () -> new AttemptId(UUID.randomUUID().toString()),
                Metrics.NONE);
    }

    private FollowUp followUp(RunDependencies services, RetentionPolicy policy) {
        DynamoDbClient table = cloud.dynamoDb().client();
        var opsWorksCm = OpsWorksCmBackupService.with(client(), CLOCK, CALL_TIMEOUT);
        return new FollowUp(
                services,
                new DynamoDbFollowUpRepository(table, LocalCloud.AUDIT_TABLE, Duration.ofDays(400), CLOCK),
                (notifications, _) ->
                        notifications.stream().map(Notification::id).collect(Collectors.toSet()),
                new VirtualThreadExecutor(4),
                policy,
                opsWorksCm,
                opsWorksCm,
                new VerificationPlan(
                        new DynamoDbVerificationRepository(table, LocalCloud.AUDIT_TABLE, CLOCK),
                        Optional.empty(),
                        Duration.ZERO),
                Optional.empty(),
                Optional.empty());
    }

    /** One request for alpha, followed up to its end. */
    private FollowUpReport backUp(String runId, RetentionPolicy policy) {
        RunDependencies services = services();
        Deadline deadline = new Deadline(CLOCK.instant().plus(Duration.ofMinutes(5)));
        new BackupRun(
                        _ -> new Targets(List.of(Samples.ALPHA), List.of(), List.of()),
                        services,
                        new VirtualThreadExecutor(4))
                .run(Samples.request(new RunId(runId)), _ -> true, deadline);
        return followUp(services, policy).pass(_ -> true, deadline);
    }

    private List<String> good(String marker) {
        Instant now = cloud.aws().account().now();
        return cloud.aws().backups("alpha").stream()
                .filter(backup -> backup.status(now) == StoredBackupStatus.OK)
                .map(StoredBackup::description)
                .filter(description -> description.contains(marker))
                .toList();
    }

    private Map<String, AttributeValue> entry(String runId) {
        return cloud.dynamoDb()
                .client()
                .getItem(get -> get.tableName(LocalCloud.AUDIT_TABLE)
                        .key(Map.of(
                                "runId", AttributeValue.fromS(runId), "entry", AttributeValue.fromS("server#alpha"))))
                .item();
    }

    @Test
    void the_newest_of_our_own_are_kept_and_all_others_are_left_alone() {
        start(Duration.ofHours(1), FleetServer.named("alpha").withBackups(3, 2), FleetServer.named("bravo"));
        RetentionPolicy two = policy("2");

        assertThat(backUp("monday", two).deleted()).isZero();
        assertThat(backUp("tuesday", two).deleted()).isZero();
        assertThat(backUp("wednesday", two).deleted()).isEqualTo(1);

        assertThat(good("[run "))
                .satisfiesExactly(
                        newest -> assertThat(newest).endsWith("[run wednesday]"),
                        second -> assertThat(second).endsWith("[run tuesday]"));
        assertThat(good("")).hasSize(3 + 2 + 2);
        assertThat(entry("monday"))
                .containsKeys("deletingAt", "deletedAt", "notifiedAt")
                .doesNotContainKey("open");
        assertThat(entry("monday").get("status").s()).isEqualTo("SUCCEEDED");
        assertThat(entry("tuesday")).doesNotContainKeys("deletingAt", "deletedAt");
    }

    @Test
    void a_dry_run_calls_nothing_and_writes_nothing() {
        start(Duration.ZERO, FleetServer.named("alpha"));
        RetentionPolicy dry = dryRun("1");
        backUp("monday", dry);

        FollowUpReport report = backUp("tuesday", dry);

        assertThat(report.wouldDelete()).isEqualTo(1);
        assertThat(cloud.aws().calls().matching(DELETE)).isEmpty();
        assertThat(entry("monday")).doesNotContainKeys("deletingAt", "deletedAt");
    }

    @Test
    void a_deletion_whose_answer_was_lost_is_on_record_after_the_next_success() {
        start(Duration.ZERO, FleetServer.named("alpha"));
        RetentionPolicy one = policy("1");
        backUp("monday", one);
        cloud.aws().faults().next(1, DELETE, Fault.unavailableAfterEffect());

        assertThat(backUp("tuesday", one).deleted()).isZero();
        assertThat(entry("monday").get("deleteError").m().get("type").s()).isEqualTo("ServiceUnavailable");
        assertThat(entry("monday")).doesNotContainKeys("deletedAt", "open");

        assertThat(backUp("wednesday", one).deleted()).isEqualTo(2);
        assertThat(entry("monday")).containsKey("deletedAt").doesNotContainKey("deleteError");
        assertThat(good("[run ")).hasSize(1);
    }
}
