package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.dynamodb.DynamoDbAuditRepository;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.LocalContext;
import dev.serverbackup.local.eventbridge.BusEvent;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.local.fleet.FleetInstance;
import dev.serverbackup.local.systemsmanager.Instance;
import dev.serverbackup.local.systemsmanager.StatusEvent;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.run.RunReport;
import dev.serverbackup.server.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The application as the template sets it up for Systems Manager, over the sample instances, whose commands really run,
 * at two o'clock. What it calls, the roles of the template must allow.
 */
final class InstancesStage implements AutoCloseable {
    private static final Duration PLENTY = Duration.ofMinutes(15);
    private static final Fleet SAMPLES = FleetFile.read(Path.of("src/local/resources/fleet.json"))
            .onlyInstances()
            .unthrottled();

    final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);
    final LocalCloud cloud;
    private final AuditRepository audit;
    private final Application application;

    /** @param settings beside those of the template, by the names of their variables */
    InstancesStage(Map<String, String> settings) {
        cloud = LocalCloud.start(SAMPLES, clock);
        audit = new DynamoDbAuditRepository(cloud.dynamoDb().client(), LocalCloud.AUDIT_TABLE, clock);
        Map<String, String> all = new HashMap<>(Map.of(
                "CALLS_PER_SECOND",
                "1000",
                "CALL_BURST",
                "1000",
                "BACKUP_BACKEND",
                Deployed.SYSTEMS_MANAGER,
                "BACKUP_DESTINATION",
                cloud.commands().root("artefacts").toString()));
        all.putAll(DocumentsOfTheTemplate.into(cloud.commands()));
        all.putAll(settings);
        application = cloud.application(all, clock);
    }

    static ServerName server(String name) {
        return SAMPLES.instances().stream()
                .map(FleetInstance::instance)
                .filter(one -> name.equals(one.tags().get("Name")))
                .map(Instance::id)
                .map(ServerName::new)
                .findFirst()
                .orElseThrow();
    }

    /** Has every tagged instance backed up, and waits until what really runs has ended. */
    RunReport run(String requestId) {
        return run(requestId, RequestEvents.EVERY_SERVER);
    }

    RunReport run(String requestId, String selector) {
        BackupHandler handler = new BackupHandler(application);
        ScheduledEvent asked = RequestEvents.selecting(requestId, selector);
        RunReport report = PermissionCheck.as(Role.RUN_ON_INSTANCES, () -> handler.handleRequest(asked, context()));
        awaitCommands();
        return report;
    }

    /** Only its own row is written: the follow-up writes the entries, and knows the servers' ARNs, not their tags. */
    void runDiedBeforeItsEntries(String requestId) {
        List<Server> servers = SAMPLES.instances().stream()
                .map(FleetInstance::instance)
                .filter(one -> one.tags().containsKey("Backup"))
                .map(one -> new Server(
                        new ServerName(one.id()),
                        Optional.of(one.listed("us-east-1", "123456789012").arn()),
                        Map.of()))
                .toList();
        Run run = Samples.run(new RunId(requestId), servers);
        audit.open(Samples.like(run, BackupBackend.SYSTEMS_MANAGER, clock.instant()));
    }

    /** From now on Systems Manager hears of none of them. */
    void agentsAreLost() {
        put(Instance.Standing.OFFLINE);
    }

    void agentsAreBack() {
        put(Instance.Standing.ONLINE);
    }

    private void put(Instance.Standing standing) {
        SAMPLES.instances().forEach(one -> cloud.commands().put(one.instance().in(standing)));
    }

    FollowUpReport passLater(Duration later) {
        clock.move(later);
        return pass(new ScheduledEvent());
    }

    /** What is told to the bus is delivered, by the serialiser of Lambda's runtime. */
    FollowUpReport pass(BusEvent told) {
        return pass(EventFile.parse(envelope(told)));
    }

    private FollowUpReport pass(ScheduledEvent event) {
        FollowUpHandler handler = new FollowUpHandler(application);
        FollowUpReport report =
                PermissionCheck.as(Role.FOLLOW_UP_ON_INSTANCES, () -> handler.handleRequest(event, context()));
        awaitCommands();
        return report;
    }

    String envelope(BusEvent told) {
        return told.envelope("123456789012", "us-east-1").toString();
    }

    /** What Systems Manager has told of the commands to a server, in order. */
    List<BusEvent> toldOf(ServerName server) {
        return cloud.bus().events().stream()
                .filter(event -> event.detailType().equals(StatusEvent.DETAIL_TYPE))
                .filter(event ->
                        event.parsedDetail().path("instance-id").asText().equals(server.value()))
                .toList();
    }

    Entry entry(String requestId, ServerName server) {
        return audit.entry(new RunId(requestId), server).orElseThrow();
    }

    /** A server's entry as it stands in the table. */
    Map<String, AttributeValue> item(String requestId, ServerName server) {
        return cloud.dynamoDb()
                .client()
                .getItem(get -> get.tableName(LocalCloud.AUDIT_TABLE)
                        .key(Map.of(
                                "runId",
                                AttributeValue.fromS(requestId),
                                "entry",
                                AttributeValue.fromS("server#" + server)))
                        .consistentRead(true))
                .item();
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

    @Override
    public void close() {
        cloud.close();
    }
}
