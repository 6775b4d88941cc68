package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.dynamodb.DynamoDbAuditRepository;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.LocalContext;
import dev.serverbackup.local.eventbridge.BusEvent;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.run.RunReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClientBuilder;

/**
 * The application on a local cloud that lives by the same hand-moved clock, from two o'clock on. The run is always the
 * one called nightly, over every server with the tag Backup.
 */
final class FollowUpStage implements AutoCloseable {
    static final Duration BETWEEN_PASSES = Duration.ofMinutes(5);
    private static final Duration PLENTY = Duration.ofMinutes(15);
    private static final Map<String, String> FAST = Map.of("CALLS_PER_SECOND", "1000", "CALL_BURST", "1000");

    final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);
    final LocalCloud cloud;
    final AuditRepository audit;
    private final Application application;

    FollowUpStage(FleetServer... servers) {
        this(Map.of(), servers);
    }

    /** @param settings beside those that make it fast, by the names of their variables */
    FollowUpStage(Map<String, String> settings, FleetServer... servers) {
        cloud = LocalCloud.start(Fleet.of(servers).unthrottled().limited(new Limits(1_000, 1_000)), clock);
        audit = new DynamoDbAuditRepository(cloud.dynamoDb().client(), LocalCloud.AUDIT_TABLE, clock);
        Map<String, String> all = new TreeMap<>(FAST);
        all.putAll(settings);
        application = cloud.application(all, clock);
    }

    static FleetServer tagged(String name) {
        return FleetServer.named(name).tagged("Backup", "nightly");
    }

    RunReport run() {
        return run("nightly");
    }

    RunReport run(String requestId) {
        ScheduledEvent event = new ScheduledEvent();
        event.setSource("acme.release-pipeline");
        event.setDetailType("Server Backup Requested");
        event.setDetail(new TreeMap<>(
                Map.of("requestId", requestId, "selector", Map.of("tags", Map.of("Backup", List.of())))));
        return deliver(event);
    }

    RunReport deliver(ScheduledEvent event) {
        BackupHandler handler = new BackupHandler(application);
        return PermissionCheck.as(Role.RUN, () -> handler.handleRequest(event, context()));
    }

    FollowUpReport pass() {
        FollowUpHandler handler = new FollowUpHandler(application);
        return PermissionCheck.as(Role.FOLLOW_UP, () -> handler.handleRequest(new ScheduledEvent(), context()));
    }

    /** So many passes, each five minutes after what was before it; the last one's report. */
    FollowUpReport passesLater(int many) {
        for (int i = 1; i < many; i++) {
            passLater(BETWEEN_PASSES);
        }
        return passLater(BETWEEN_PASSES);
    }

    FollowUpReport passLater(Duration later) {
        clock.move(later);
        return pass();
    }

    private LocalContext context() {
        return new LocalContext("request-1", clock.instant().plus(PLENTY), clock);
    }

    Entry entry(String server) {
        return audit.entry(Samples.NIGHTLY, new ServerName(server)).orElseThrow();
    }

    Run runRow() {
        return audit.run(Samples.NIGHTLY).orElseThrow();
    }

    /** A person deletes the backup that the nightly run made of a server. */
    void deleteByHand(String server) {
        OpsWorksCmClientBuilder builder = OpsWorksCmClient.builder();
        cloud.configure(builder);
        try (OpsWorksCmClient client = builder.build()) {
            client.deleteBackup(request ->
                    request.backupId(entry(server).backup().orElseThrow().id()));
        }
    }

    /** A row as it stands in the table. */
    Map<String, AttributeValue> item(String entry) {
        return cloud.dynamoDb()
                .client()
                .getItem(get -> get.tableName(LocalCloud.AUDIT_TABLE)
                        .key(Map.of("runId", text(Samples.NIGHTLY.value()), "entry", text(entry)))
                        .consistentRead(true))
                .item();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    /** What was told, by notification id, in its order. */
    List<String> told() {
        return cloud.bus().events().stream().map(FollowUpStage::notificationId).toList();
    }

    private static String notificationId(BusEvent event) {
        return event.parsedDetail().get("notificationId").textValue();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
