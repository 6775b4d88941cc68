package dev.serverbackup.local.people;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.Options;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Where a table is.
 *
 * @param region absent where the SDK is to find it: AWS_REGION, or the profile
 * @param endpoint absent where it is the region's own
 */
record Place(String table, Optional<String> region, Optional<URI> endpoint) {
    private static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";
    private static final String LOCAL_CLOUD = "http://127.0.0.1:8001";
    private static final String NOBODY = "local";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    /**
     * The local cloud's table, unless a table, a region or an endpoint is named.
     *
     * @throws IllegalArgumentException if an option is not what it may be; the message names it
     */
    static Place read(Options options, Map<String, String> environment) {
        Optional<String> table = options.given("table");
        Optional<String> region = options.given("region");
        Optional<String> endpoint = options.given("dynamodb.endpoint")
                .or(() ->
                        Optional.ofNullable(environment.get(ENDPOINT_VARIABLE)).filter(value -> !value.isBlank()));
        boolean anywhere = table.isEmpty() && region.isEmpty() && endpoint.isEmpty();
        return new Place(
                table.map(Place::table).orElse(LocalCloud.AUDIT_TABLE),
                region.map(Place::region),
                (anywhere ? Optional.of(LOCAL_CLOUD) : endpoint).map(Place::endpoint));
    }

    /** A client for it: with anybody's credentials on this machine, with the default chain's anywhere else. */
    DynamoDbClient client() {
        DynamoDbClientBuilder client = DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(ANSWER_TIMEOUT));
        endpoint.ifPresent(client::endpointOverride);
        if (isOnThisMachine()) {
            client.region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(NOBODY, NOBODY)));
        }
        region.map(Region::of).ifPresent(client::region);
        return client.build();
    }

    /** Whether plain HTTP leads to this very machine, where only a local DynamoDB answers. */
    boolean isOnThisMachine() {
        return endpoint.filter(uri ->
                        uri.getScheme().equals("http") && uri.getHost().matches("localhost|127\\.[0-9.]+|\\[::1]"))
                .isPresent();
    }

    @Override
    public String toString() {
        return "table " + table + region.map(name -> " in " + name).orElse("")
                + endpoint.map(uri -> " at " + uri).orElse("");
    }

    private static String table(String text) {
        return matching("table", "[A-Za-z0-9_.-]{3,255}", "a table's name, 3 to 255 of A-Z a-z 0-9 _ . -", text);
    }

    private static String region(String text) {
        return matching("region", "[a-z]{2}[a-z0-9-]{1,30}", "a region's name such as eu-central-1", text);
    }

    private static URI endpoint(String text) {
        return URI.create(matching(
                "dynamodb.endpoint (or %s)".formatted(ENDPOINT_VARIABLE),
                "https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?/?",
                "an address such as " + LOCAL_CLOUD,
                text));
    }

    private static String matching(String option, String pattern, String allowed, String text) {
        if (!text.matches(pattern)) {
            throw Options.refused(option, allowed, text);
        }
        return text;
    }
}
