package dev.serverbackup.cli.restore;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.Application;
import dev.serverbackup.BackupHandler;
import dev.serverbackup.FollowUpHandler;
import dev.serverbackup.ManualClock;
import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.dynamodb.DynamoDbAuditRepository;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.cli.InProcess;
import dev.serverbackup.cli.PortPair;
import dev.serverbackup.cli.audit.Item;
import dev.serverbackup.local.EmulatorState;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.LocalContext;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.Tags;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A local cloud whose clock moves when the program pauses, with the servers alpha and bravo unless others are given. */
public final class RestoreSetup implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-03-04T03:00:00Z");

    final ManualClock clock = new ManualClock(NOW);
    final LocalCloud cloud;
    private final int port = PortPair.free();
    private final DynamoDbAuditRepository audit;

    public RestoreSetup() {
        this(Fleet.of(FleetServer.named("alpha"), FleetServer.named("bravo")));
    }

    RestoreSetup(Fleet fleet) {
        InetAddress here = InetAddress.getLoopbackAddress();
        cloud = LocalCloud.start(
                fleet.unthrottled(),
                EmulatorState.in(clock),
                new InetSocketAddress(here, port),
                new InetSocketAddress(here, port + 1));
        audit = new DynamoDbAuditRepository(cloud.dynamoDb().client(), LocalCloud.AUDIT_TABLE, clock);
    }

    /** A person who types nothing. */
    InProcess restore(String... arguments) {
        return ask(Optional.empty(), Stream.concat(Stream.of("restore"), Stream.of(arguments)));
    }

    InProcess restoreTyping(String typed, String... arguments) {
        return ask(Optional.of(typed), Stream.concat(Stream.of("restore"), Stream.of(arguments)));
    }

    public InProcess ask(String... arguments) {
        return ask(Optional.empty(), Stream.of(arguments));
    }

    /** Commands on instances really run. */
    private void pause(Duration duration) {
        awaitCommands();
        clock.move(duration);
    }

    private void awaitCommands() {
        try {
            cloud.commands().awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while commands ran", e);
        }
    }

    /** Has the application back instances up, as a request and a pass of the follow-up do; retention keeps the last backup. */
    void backUpInstances(String run, String... servers) {
        Map<String, String> settings = SampleDocuments.settings(cloud.commands());
        settings.put("RETAINED_BACKUPS", "1");
        Application application = cloud.application(settings, clock);
        ScheduledEvent event = new ScheduledEvent();
        event.setSource("acme.release-pipeline");
        event.setDetailType("Server Backup Requested");
        event.setDetail(new TreeMap<>(Map.of("requestId", run, "selector", Map.of("serverNames", List.of(servers)))));
        new BackupHandler(application).handleRequest(event, context());
        awaitCommands();
        clock.move(Duration.ofMinutes(5));
        new FollowUpHandler(application).handleRequest(new ScheduledEvent(), context());
        awaitCommands();
    }

    private LocalContext context() {
        return new LocalContext("request-1", clock.instant().plus(Duration.ofMinutes(15)), clock);
    }

    private InProcess ask(Optional<String> typed, Stream<String> arguments) {
        return InProcess.run(
                clock,
                typed,
                this::pause,
                Stream.concat(arguments, Stream.of("--local-port=" + port)).toArray(String[]::new));
    }

    /** A good backup that OpsWorks CM has and the audit knows, and its id. */
    public String backedUp(String server, String run, Instant at) {
        Backup backup = kept(server, at);
        Entry pending = pending(server, run, at);
        audit.replace(
                pending,
                pending.claimed(new AttemptId("attempt-1"), at.plusSeconds(120))
                        .started(backup, at.plusSeconds(1))
                        .succeeded(backup, at.plusSeconds(60)));
        return backup.id();
    }

    /** An entry of which nothing has come yet. */
    Entry pending(String server, String run, Instant at) {
        Server target = new Server(new ServerName(server), Optional.empty(), Map.of());
        return audit.create(Entry.pending(new RunId(run), BackupBackend.OPSWORKS_CM, target, at));
    }

    private Backup kept(String server, Instant at) {
        var account = cloud.aws().account();
        String id = account.keepBackup(
                        account.server(server).orElseThrow(),
                        BackupType.MANUAL,
                        "nightly",
                        at,
                        at.plus(Duration.ofSeconds(30)),
                        Tags.NEVER)
                .id();
        return Backup.of(Map.of("BackupId", id, "ServerName", server, "Status", "OK"));
    }

    /** Adds an attribute to an entry. */
    public void mark(String server, String run, String attribute, AttributeValue value) {
        cloud.dynamoDb()
                .client()
                .updateItem(update -> update.tableName(LocalCloud.AUDIT_TABLE)
                        .key(Map.of("runId", s(run), "entry", s("server#" + server)))
                        .updateExpression("SET #name = :value")
                        .expressionAttributeNames(Map.of("#name", attribute))
                        .expressionAttributeValues(Map.of(":value", value)));
    }

    public static AttributeValue verification(String result) {
        return AttributeValue.fromM(Map.of("result", s(result), "at", s("2026-03-03T05:00:00.000Z")));
    }

    /** A restore of server alpha from a backup of Tuesday that Ann has asked for. */
    static Restore requested(String backend, String backup, String id) {
        Item entry = new Item(Map.of(
                "runId", s("tuesday"),
                "serverName", s("alpha"),
                "backend", s(backend),
                "backup", AttributeValue.fromM(Map.of("BackupId", s(backup)))));
        return Restore.requested(1, new ServerName("alpha"), entry, id.repeat(32), "ann", NOW);
    }

    /** Writes the row of a restore that the program did not live to ask for. */
    void requested(Restore restore) {
        cloud.dynamoDb()
                .client()
                .putItem(put ->
                        put.tableName(LocalCloud.AUDIT_TABLE).item(restore.row().attributes()));
    }

    /** The statuses of the rows of a server's restores, oldest first. */
    List<String> restores(String server) {
        return cloud
                .dynamoDb()
                .client()
                .query(query -> query.tableName(LocalCloud.AUDIT_TABLE)
                        .consistentRead(true)
                        .keyConditionExpression("runId = :run")
                        .expressionAttributeValues(Map.of(":run", s("restore#" + server))))
                .items()
                .stream()
                .map(row -> row.get("status").s())
                .toList();
    }

    public static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    @Override
    public void close() {
        cloud.close();
    }
}
