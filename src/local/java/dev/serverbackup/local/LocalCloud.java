package dev.serverbackup.local;

import dev.serverbackup.Application;
import dev.serverbackup.Settings;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import dev.serverbackup.local.dynamodb.TableTemplate;
import dev.serverbackup.local.eventbridge.EventBus;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.page.AuditPage;
import dev.serverbackup.local.page.CloudPage;
import dev.serverbackup.local.systemsmanager.RunCommand;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import dev.serverbackup.local.systemsmanager.StatusEvent;
import dev.serverbackup.local.systemsmanager.SystemsManager;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * The AWS services that the application needs, on this machine: OpsWorks CM, the tagging API, Run Command and
 * EventBridge on one port, DynamoDB Local with the audit table of {@code template.yaml} on another. Its state is in
 * memory, unless its {@link EmulatorState} names a folder. Thread-safe.
 */
public final class LocalCloud implements AutoCloseable {
    /** The local audit table's name. */
    public static final String AUDIT_TABLE = "server-backup-audit";

    /** The default selector. */
    public static final String DEFAULT_SELECTOR = "{\"tags\":{\"Backup\":[]}}";

    private static final Path TEMPLATE = Home.file("template.yaml");
    /** The folder with the stand-ins of the vendors' commands. */
    private static final Path COMMANDS = Home.file("src/local/commands").toAbsolutePath();

    private static final String ANY_KEY = "local";

    private final String region;
    private final Path servers;
    private final EventBus bus;
    private final LocalAws aws;
    private final LocalDynamoDb dynamoDb;
    private final RunCommand commands;
    private final EmulatorState life;

    private LocalCloud(Fleet fleet, EmulatorState life, InetSocketAddress address, InetSocketAddress dynamoDbAddress) {
        this.life = life;
        region = fleet.arns().region();
        servers = life.folder()
                .map(folder -> folder.resolve("servers").toAbsolutePath())
                .orElseGet(ServerFolders::create);
        bus = new EventBus(life.callers());
        commands = new RunCommand(
                life.callers(),
                servers,
                COMMANDS,
                command -> bus.put(StatusEvent.of(command, life.callers().instant())));
        if (!fleet.instances().isEmpty()) {
            SampleDocuments.into(commands);
            fleet.instances().forEach(one -> one.into(commands));
        }
        aws = new LocalAws(fleet, life, address.getHostString(), address.getPort(), bus, new SystemsManager(commands));
        dynamoDb = LocalDynamoDb.start(
                TableTemplate.read(TEMPLATE),
                AUDIT_TABLE,
                dynamoDbAddress,
                life.folder().map(folder -> folder.resolve("audit")));
        aws.show(new CloudPage(bus, commands));
        aws.show(new AuditPage(dynamoDb.client(), dynamoDb.tableName(), life.time()));
    }

    /** On free ports of the loopback address. */
    public static LocalCloud start(Fleet fleet) {
        return start(fleet, Clock.systemUTC());
    }

    /**
     * On free ports of the loopback address, with services that use another clock; the database uses none.
     *
     * @param clock the application's too, where the two must agree: {@link #application(Map, InstantSource)}
     */
    public static LocalCloud start(Fleet fleet, InstantSource clock) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return started(new LocalCloud(
                fleet,
                EmulatorState.in(clock),
                new InetSocketAddress(loopback, 0),
                new InetSocketAddress(loopback, 0)));
    }

    /**
     * On the given addresses; port 0 takes a free one.
     *
     * @throws IllegalStateException if the database's address can't be had
     * @throws java.io.UncheckedIOException if the other can't be had
     */
    public static LocalCloud start(
            Fleet fleet, EmulatorState life, InetSocketAddress address, InetSocketAddress dynamoDbAddress) {
        return started(new LocalCloud(fleet, life, address, dynamoDbAddress));
    }

    private static LocalCloud started(LocalCloud cloud) {
        try {
            cloud.aws.start();
            return cloud;
        } catch (RuntimeException e) {
            cloud.close();
            throw e;
        }
    }

    /**
     * The application, with clients that call this cloud.
     *
     * @param overrides settings, by the names of their environment variables
     */
    public Application application(Map<String, String> overrides) {
        return application(overrides, Clock.tickMillis(ZoneOffset.UTC));
    }

    /**
     * The same with another clock.
     *
     * @param clock in whole milliseconds
     */
    public Application application(Map<String, String> overrides, InstantSource clock) {
        Map<String, String> environment =
                new HashMap<>(Map.of("AUDIT_TABLE", AUDIT_TABLE, "DEFAULT_SELECTOR", DEFAULT_SELECTOR));
        environment.putAll(overrides);
        return Application.of(Settings.from(environment), clock, this::configure);
    }

    /**
     * Runs the application: events, the schedule and the follow-up's schedule invoke it. Close it before this cloud.
     *
     * @param settings by the names of their environment variables
     * @param schedule when the daily rule fires, by UTC; absent: never
     * @param failed takes a line for each invocation that failed for good
     */
    public LocalFunctions runFunctions(
            Map<String, String> settings, BigDecimal speed, Optional<LocalTime> schedule, Consumer<String> failed) {
        var rule = schedule.map(time -> new DailyRule(
                LocalFunctions.STACK,
                region,
                LocalFunctions.ACCOUNT,
                time,
                life.time().instant()));
        Map<String, String> all = new HashMap<>(settings);
        // The follow-up watches the schedule, as it does on AWS.
        rule.ifPresent(daily -> all.put("SCHEDULE_EXPRESSION", daily.expression()));
        var functions = new LocalFunctions(application(all, wholeMillis()), life.time(), speed, region, rule, failed);
        rule.ifPresent(aws::show);
        bus.listen(functions::on);
        aws.lambda().put(LocalFunctions.NAME, functions);
        functions.start();
        return functions;
    }

    private InstantSource wholeMillis() {
        return () -> life.time().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Sets a client of the SDK up to call this cloud. */
    public void configure(AwsClientBuilder<?, ?> client) {
        client.region(Region.of(region))
                .endpointOverride(client instanceof DynamoDbClientBuilder ? dynamoDb.endpoint() : aws.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ANY_KEY, ANY_KEY)));
    }

    /**
     * The environment variables with which AWS clients call this cloud.
     *
     * @param host by which the client reaches this machine; a container can't reach its host's 127.0.0.1
     */
    public Map<String, String> environment(String host) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ENDPOINT_URL_OPSWORKSCM", at(host, aws.endpoint()));
        variables.put("AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API", at(host, aws.endpoint()));
        variables.put("AWS_ENDPOINT_URL_EVENTBRIDGE", at(host, aws.endpoint()));
        variables.put("AWS_ENDPOINT_URL_SSM", at(host, aws.endpoint()));
        variables.put("AWS_ENDPOINT_URL_LAMBDA", at(host, aws.endpoint()));
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", at(host, dynamoDb.endpoint()));
        variables.put("AWS_REGION", region);
        // Version 1 of the AWS CLI, and boto3, only read this one.
        variables.put("AWS_DEFAULT_REGION", region);
        variables.put("AWS_ACCESS_KEY_ID", ANY_KEY);
        variables.put("AWS_SECRET_ACCESS_KEY", ANY_KEY);
        return variables;
    }

    public LocalAws aws() {
        return aws;
    }

    /** Instances, and the commands that run on them. */
    public RunCommand commands() {
        return commands;
    }

    /** The event bus. */
    public EventBus bus() {
        return bus;
    }

    public LocalDynamoDb dynamoDb() {
        return dynamoDb;
    }

    @Override
    public void close() {
        try (dynamoDb;
                commands) {
            aws.close();
        }
        if (life.folder().isEmpty()) {
            ServerFolders.delete(servers);
        }
    }

    private static String at(String host, URI endpoint) {
        return "http://%s:%d".formatted(host, endpoint.getPort());
    }
}
