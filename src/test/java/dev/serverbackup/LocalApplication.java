package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.dynamodb.DynamoDbAuditRepository;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.LocalContext;
import dev.serverbackup.local.eventbridge.BusEvent;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.Call;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.systemsmanager.ShellDocument;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.run.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClientBuilder;

/**
 * The application on a local cloud of its own, which lives by the same hand-moved clock, from two o'clock on: events in,
 * reports out, over real HTTP. It waits for no rate limit of ours. What it calls, the roles of the template must allow. On
 * instances, an invocation ends when what it has begun there has.
 */
final class LocalApplication implements AutoCloseable {
    static final Duration BETWEEN_PASSES = Duration.ofMinutes(5);
    static final Fleet SAMPLES = FleetFile.read(Path.of("src/local/resources/fleet.json"))
            .keepingWindows(false)
            .unthrottled();
    private static final Duration PLENTY = Duration.ofMinutes(15);
    private static final Map<String, String> DOCUMENTS = Map.of(
            "BACKUP_DOCUMENT", "backup.yaml",
            "DELETION_DOCUMENT", "delete.yaml",
            "VERIFICATION_DOCUMENT", "verify.yaml");

    final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);
    final LocalCloud cloud;
    final AuditRepository audit;
    private final String backend;
    private final Map<String, String> settings =
            new TreeMap<>(Map.of("CALLS_PER_SECOND", "1000", "CALL_BURST", "1000"));
    private final Application application;

    private LocalApplication(String backend, Fleet fleet, Map<String, String> others) {
        this.backend = backend;
        cloud = LocalCloud.start(fleet, clock);
        audit = new DynamoDbAuditRepository(cloud.dynamoDb().client(), LocalCloud.AUDIT_TABLE, clock);
        if (backend.equals(Deployed.SYSTEMS_MANAGER)) {
            settings.put("BACKUP_BACKEND", backend);
            settings.put(
                    "BACKUP_DESTINATION", cloud.commands().root("artefacts").toString());
            putDocuments();
        }
        settings.putAll(others);
        application = cloud.application(settings, clock);
    }

    /** As a stack has them, by the names that the template gives them. */
    private void putDocuments() {
        Map<String, String> environment = new FunctionTemplate("BackupFunction", Deployed.on(backend)).environment();
        DOCUMENTS.forEach((variable, file) -> {
            String pin = environment.get(variable);
            cloud.commands()
                    .put(ShellDocument.read(pin.substring(0, pin.lastIndexOf(':')), Path.of("documents", file)));
            settings.put(variable, pin);
        });
    }

    /** Over these servers of OpsWorks CM, without throttle, and with room for any number of backups. */
    static LocalApplication over(FleetServer... servers) {
        return over(Map.of(), servers);
    }

    /** @param settings beside those that make it fast, by the names of their variables */
    static LocalApplication over(Map<String, String> settings, FleetServer... servers) {
        return over(settings, Fleet.of(servers).unthrottled().limited(new Limits(1_000, 10_000)));
    }

    static LocalApplication over(Map<String, String> settings, Fleet fleet) {
        return new LocalApplication(Deployed.OPSWORKS_CM, fleet, settings);
    }

    /** As the template sets it up for Systems Manager, over the sample instances, whose commands really run. */
    static LocalApplication onInstances(Map<String, String> settings) {
        return new LocalApplication(Deployed.SYSTEMS_MANAGER, SAMPLES.onlyInstances(), settings);
    }

    static FleetServer tagged(String name) {
        return FleetServer.named(name).tagged("Backup", "nightly");
    }

    /** Has a backup made of every server that is tagged. */
    RunReport run(String requestId) {
        return run(requestId, LocalCloud.DEFAULT_SELECTOR);
    }

    RunReport run(String requestId, String selector) {
        return deliver(EventFile.parse("""
            {"detail-type": "Server Backup Requested", "source": "test",
             "detail": {"requestId": "%s", "selector": %s}}\
            """.formatted(requestId, selector)));
    }

    RunReport deliver(ScheduledEvent event) {
        return deliver(event, application);
    }

    /** In an execution environment of its own. */
    RunReport deliverElsewhere(ScheduledEvent event) {
        return deliver(event, cloud.application(settings, clock));
    }

    private RunReport deliver(ScheduledEvent event, Application one) {
        BackupHandler handler = new BackupHandler(one);
        RunReport report =
                PermissionCheck.as(new Role("BackupFunction", backend), () -> handler.handleRequest(event, context()));
        awaitCommands();
        return report;
    }

    FollowUpReport pass() {
        return pass(new ScheduledEvent());
    }

    /** What is notified to the bus is delivered, by the serialiser of Lambda's runtime. */
    FollowUpReport pass(BusEvent notified) {
        return pass(EventFile.parse(envelope(notified)));
    }

    private FollowUpReport pass(ScheduledEvent event) {
        FollowUpHandler handler = new FollowUpHandler(application);
        FollowUpReport report = PermissionCheck.as(
                new Role("FollowUpFunction", backend), () -> handler.handleRequest(event, context()));
        awaitCommands();
        return report;
    }

    FollowUpReport passLater(Duration later) {
        clock.move(later);
        return pass();
    }

    /** So many passes, each five minutes after what was before it; the last one's report. */
    FollowUpReport passesLater(int many) {
        for (int i = 1; i < many; i++) {
            passLater(BETWEEN_PASSES);
        }
        return passLater(BETWEEN_PASSES);
    }

    private LocalContext context() {
        return new LocalContext("request-1", clock.instant().plus(PLENTY), clock);
    }

    private void awaitCommands() {
        try {
            cloud.commands().awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The nightly run's entry of a server. */
    Entry entry(String server) {
        return audit.entry(Samples.NIGHTLY, new ServerName(server)).orElseThrow();
    }

    /** The nightly run. */
    Run runRow() {
        return audit.run(Samples.NIGHTLY).orElseThrow();
    }

    /** A row of a run as it stands in the table. */
    Map<String, AttributeValue> item(String runId, String entry) {
        return cloud.dynamoDb()
                .client()
                .getItem(get -> get.tableName(LocalCloud.AUDIT_TABLE)
                        .key(Map.of("runId", AttributeValue.fromS(runId), "entry", AttributeValue.fromS(entry)))
                        .consistentRead(true))
                .item();
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

    /** The calls that match, in the order of their arrival. */
    List<Call> calls(CallPattern pattern) {
        return cloud.aws().calls().matching(pattern);
    }

    /** What was notified under this type, in its order. */
    List<BusEvent> notified(String detailType) {
        return cloud.bus().events().stream()
                .filter(event -> event.detailType().equals(detailType))
                .toList();
    }

    static String envelope(BusEvent notified) {
        return notified.envelope("123456789012", "us-east-1").toString();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
