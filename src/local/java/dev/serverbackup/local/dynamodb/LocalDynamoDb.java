package dev.serverbackup.local.dynamodb;

import dev.serverbackup.local.Home;
import dev.serverbackup.local.http.HostCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * Amazon's DynamoDB Local in this process, with the audit table that the template describes. It serves any
 * credentials in any region from the same tables, over HTTP, from many threads; closed, it has forgotten everything.
 *
 * <p>The handler is Amazon's, the server around it is not: theirs prints a banner, listens on every address of the
 * machine and reports its use to AWS unless told not to. None of the three happens here.
 */
public final class LocalDynamoDb implements AutoCloseable {
    private static final AwsBasicCredentials ANY_CREDENTIALS = AwsBasicCredentials.create("local", "local");
    private static final String NO_PAGE_OF_A_BROWSER = "";

    private final TableTemplate template;
    private final String tableName;
    private final LocalDynamoDBServerHandler database;
    private final Server server;
    private final URI endpoint;
    private final DynamoDbClient client;

    private LocalDynamoDb(TableTemplate template, String tableName, InetSocketAddress address, Optional<Path> folder) {
        this.template = template;
        this.tableName = tableName;
        database = new LocalDynamoDBServerHandler(requests(folder), NO_PAGE_OF_A_BROWSER);
        server = new Server(address);
        server.setHandler(new HostCheck(address.getHostString(), database));
        listen(server, address);
        endpoint = endpointOf(server, address.getAddress());
        client = clientOf(endpoint);
    }

    /**
     * With the table of {@code template.yaml} in the working directory, on a free port of the loopback address.
     *
     * @throws InvalidTemplateException as {@link TableTemplate#read}
     */
    public static LocalDynamoDb start(String tableName) {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return start(TableTemplate.read(Home.file("template.yaml")), tableName, anyPort, Optional.empty());
    }

    /**
     * With the table of the given template, at the given address.
     *
     * @param tableName of the table that is there from the start
     * @param address where to listen; port 0 takes a free one
     * @param folder where the tables are kept between two starts; absent: in memory
     * @throws IllegalStateException if that address can't be had
     */
    public static LocalDynamoDb start(
            TableTemplate template, String tableName, InetSocketAddress address, Optional<Path> folder) {
        var local = new LocalDynamoDb(template, tableName, address, folder);
        try {
            if (!local.client.listTables().tableNames().contains(tableName)) {
                local.createTable(tableName);
            }
            return local;
        } catch (RuntimeException e) {
            local.close();
            throw e;
        }
    }

    /** Where SDK clients and the AWS CLI reach it. */
    public URI endpoint() {
        return endpoint;
    }

    /** The table that was made at the start. */
    public String tableName() {
        return tableName;
    }

    /** A client of this database, open as long as it is. */
    public DynamoDbClient client() {
        return client;
    }

    /**
     * Makes another, empty table from the same template, in milliseconds: one for each test.
     *
     * @return the name, for the caller's convenience
     * @throws software.amazon.awssdk.services.dynamodb.model.ResourceInUseException if there is one of that name
     */
    public String createTable(String name) {
        client.createTable(template.request().toBuilder().tableName(name).build());
        template.expiry()
                .ifPresent(attribute -> client.updateTimeToLive(request -> request.tableName(name)
                        .timeToLiveSpecification(
                                ttl -> ttl.attributeName(attribute).enabled(true))));
        return name;
    }

    @Override
    public void close() {
        client.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local can't be stopped", e);
        } finally {
            database.close();
        }
    }

    private static LocalDynamoDBRequestHandler requests(Optional<Path> folder) {
        boolean oneForAllCredentialsAndRegions = true;
        boolean slowToCreate = false;
        return new LocalDynamoDBRequestHandler(
                0,
                folder.isEmpty(),
                folder.map(LocalDynamoDb::created).orElse(null),
                oneForAllCredentialsAndRegions,
                slowToCreate);
    }

    private static String created(Path folder) {
        try {
            return Files.createDirectories(folder).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("the audit table can't be kept in " + folder, e);
        }
    }

    private static void listen(Server server, InetSocketAddress address) {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "DynamoDB Local can't listen on %s:%d"
                            .formatted(address.getAddress().getHostAddress(), address.getPort()),
                    e);
        }
    }

    private static URI endpointOf(Server server, InetAddress bound) {
        InetAddress reached = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        int port = ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
        String host = reached.getHostAddress();
        return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    }

    private static DynamoDbClient clientOf(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(ANY_CREDENTIALS))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
