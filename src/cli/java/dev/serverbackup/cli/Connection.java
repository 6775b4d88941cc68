package dev.serverbackup.cli;

import dev.serverbackup.cli.audit.AuditReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClientBuilder;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Clients of one deployment: a stack on AWS, or the local cloud. Each client is created when it is needed. Used by one
 * thread.
 */
public final class Connection implements AutoCloseable {
    /** The names of the local cloud's resources. */
    static final String LOCAL_TABLE = "server-backup-audit";

    private static final String LOCAL_FUNCTION = "server-backup-backup:live";
    private static final String LOCAL_RESTORE_DOCUMENT = "restore:1";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    private final Optional<String> stack;
    private final Optional<String> table;
    private final Optional<String> region;
    private final Optional<String> profile;
    private final Optional<URI> dynamoDb;
    private final Optional<URI> others;
    private final Deque<AutoCloseable> clients = new ArrayDeque<>();
    private Stack described;

    private Connection(
            Optional<String> stack,
            Optional<String> table,
            Optional<String> region,
            Optional<String> profile,
            Optional<URI> dynamoDb,
            Optional<URI> others) {
        this.stack = stack;
        this.table = table;
        this.region = region;
        this.profile = profile;
        this.dynamoDb = dynamoDb;
        this.others = others;
    }

    static Connection local(int port) {
        return new Connection(
                Optional.empty(),
                Optional.of(LOCAL_TABLE),
                Optional.of("us-east-1"),
                Optional.empty(),
                Optional.of(URI.create("http://127.0.0.1:" + (port + 1))),
                Optional.of(URI.create("http://127.0.0.1:" + port)));
    }

    static Connection aws(
            Optional<String> stack,
            Optional<String> table,
            Optional<String> region,
            Optional<String> profile,
            Optional<URI> dynamoDb) {
        return new Connection(stack, table, region, profile, dynamoDb, Optional.empty());
    }

    /** A reader of the audit table that takes the time from a clock. */
    AuditReader audit(InstantSource clock) {
        return new AuditReader(client(DynamoDbClient.builder(), dynamoDb), table(), clock);
    }

    /** The deployment's time: the local cloud's clock may be fast, and continues from its saved state. */
    InstantSource clock(InstantSource machine) {
        if (others.isEmpty()) {
            return machine;
        }
        try {
            URLConnection asked = others.get().resolve("/now").toURL().openConnection();
            asked.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
            asked.setReadTimeout((int) CONNECT_TIMEOUT.toMillis());
            try (InputStream answer = asked.getInputStream()) {
                return InstantSource.fixed(Instant.parse(new String(answer.readAllBytes(), StandardCharsets.UTF_8)));
            }
        } catch (IOException | DateTimeParseException noCloud) {
            // The command itself will report that the cloud does not answer.
            return machine;
        }
    }

    /** As {@link #clock}, but the clock runs. */
    public InstantSource runningClock(InstantSource machine) {
        return () -> clock(machine).instant();
    }

    /** A client to write with. */
    public DynamoDbClient dynamoDb() {
        return client(DynamoDbClient.builder(), dynamoDb);
    }

    EventBridgeClient events() {
        return client(EventBridgeClient.builder(), others);
    }

    LambdaClient lambda() {
        return client(LambdaClient.builder(), others);
    }

    /** A builder for the backup service's own adapter, which adds its rules for calls. */
    public OpsWorksCmClientBuilder opsWorksCm() {
        OpsWorksCmClientBuilder builder = OpsWorksCmClient.builder();
        prepare(builder, others);
        return builder.httpClient(http(others));
    }

    /** A builder for the backup service's own adapter, which adds its rules for calls. */
    public SsmClientBuilder systemsManager() {
        SsmClientBuilder builder = SsmClient.builder();
        prepare(builder, others);
        return builder.httpClient(http(others));
    }

    /** The pinned document that restores instances. */
    public String restoreDocument() {
        return isLocal()
                ? LOCAL_RESTORE_DOCUMENT
                : output("RestoreDocument", "Give --stack; if the stack can't be read, give --document.");
    }

    /** The log group of the commands' output; empty without a stack. */
    public Optional<String> commandLogGroup() {
        return stack.map(_ -> outputs().get("CommandLogGroupName"));
    }

    /** The function's alias, which direct requests invoke. */
    String function() {
        return isLocal() ? LOCAL_FUNCTION : output("BackupFunctionAlias", "Give --stack.");
    }

    /** The stack's name; empty if a table or the local cloud is used. */
    Optional<String> stack() {
        return stack;
    }

    /** The ARN of the caller's identity; empty on the local cloud, or if AWS does not return it. */
    public Optional<String> caller() {
        if (isLocal() || dynamoDb.filter(Connection::isThisMachine).isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(client(StsClient.builder(), Optional.empty())
                    .getCallerIdentity()
                    .arn());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    boolean isLocal() {
        return others.isPresent();
    }

    /** The audit table's name. */
    public String table() {
        return table.orElseGet(() -> output("AuditTableName", ""));
    }

    private String output(String name, String advice) {
        if (stack.isEmpty()) {
            throw new CommandFailedException("This needs the stack's output " + name + ".", advice);
        }
        return Optional.ofNullable(outputs().get(name))
                .orElseThrow(() -> new CommandFailedException(
                        "Stack %s has no output %s.".formatted(stack.get(), name), "Is it a stack of Server Backup?"));
    }

    /** The value of a stack parameter; empty without a stack, or if it has no such parameter. */
    public Optional<String> parameter(String name) {
        return stack.flatMap(_ -> described().parameters().stream()
                .filter(parameter -> parameter.parameterKey().equals(name))
                .map(Parameter::parameterValue)
                .findFirst());
    }

    private Map<String, String> outputs() {
        return described().outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue));
    }

    /** Describes the stack, once. */
    private Stack described() {
        if (described == null) {
            String name = stack.orElseThrow();
            try {
                described = client(CloudFormationClient.builder(), Optional.empty())
                        .describeStacks(request -> request.stackName(name))
                        .stacks()
                        .getFirst();
            } catch (SdkException e) {
                throw CommandFailedException.of(e, "stack " + name + where());
            }
        }
        return described;
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C extends AutoCloseable> C client(
            B builder, Optional<URI> endpoint) {
        prepare(builder, endpoint);
        C client = builder.httpClient(http(endpoint)).build();
        clients.push(client);
        return client;
    }

    private void prepare(AwsClientBuilder<?, ?> builder, Optional<URI> endpoint) {
        endpoint.ifPresent(builder::endpointOverride);
        region.map(Region::of).ifPresent(builder::region);
        profile.ifPresent(name -> builder.credentialsProvider(ProfileCredentialsProvider.create(name)));
        if (endpoint.filter(Connection::isThisMachine).isPresent()) {
            // Only a local cloud is there, and it accepts any credentials.
            builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
            builder.region(Region.of(region.orElse("us-east-1")));
        }
    }

    private static SdkHttpClient http(Optional<URI> endpoint) {
        // The default client reads all certificate authorities when it is created; plain HTTP needs none.
        return endpoint.filter(Connection::isThisMachine).isPresent()
                ? UrlConnectionHttpClient.create(Connection::plain)
                : UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(ANSWER_TIMEOUT)
                        .build();
    }

    private static HttpURLConnection plain(URI uri) {
        try {
            URLConnection connection = uri.toURL().openConnection();
            connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
            connection.setReadTimeout((int) ANSWER_TIMEOUT.toMillis());
            return (HttpURLConnection) connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isThisMachine(URI endpoint) {
        return endpoint.getScheme().equals("http") && endpoint.getHost().matches("localhost|127\\.[0-9.]+|\\[::1]");
    }

    private String where() {
        return region.map(name -> " in " + name).orElse("")
                + dynamoDb.map(uri -> " at " + uri).orElse("");
    }

    /**
     * The options with which another command uses the same deployment: {@code --stack server-backup --region
     * eu-central-1}.
     */
    String options() {
        if (isLocal()) {
            int port = others.orElseThrow().getPort();
            return port == ConnectionOptions.LOCAL_PORT ? "--local" : "--local-port " + port;
        }
        return Stream.of(
                        stack.map(name -> "--stack " + name),
                        table.map(name -> "--table " + name),
                        region.map(name -> "--region " + name),
                        profile.map(name -> "--profile " + name),
                        dynamoDb.map(uri -> "--endpoint " + uri))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    /** The exception for a failed call of one of its clients. */
    CommandFailedException unanswered(SdkException e) {
        CommandFailedException why = CommandFailedException.of(e, toString());
        return isLocal() && e.getCause() instanceof IOException
                ? new CommandFailedException(
                        why.getMessage(), "Is the local cloud up? ./server-backup cloud starts it.")
                : why;
    }

    /** Describes the deployment: {@code table server-backup-audit in us-east-1}. */
    @Override
    public String toString() {
        return (table.isPresent() ? "table " + table.get() : "stack " + stack.orElseThrow()) + where();
    }

    @Override
    public void close() {
        clients.forEach(client -> {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException("a client can't be closed", e);
            }
        });
    }
}
