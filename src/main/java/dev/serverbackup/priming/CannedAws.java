package dev.serverbackup.priming;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Answers a run's requests from memory, as AWS answers one whose every backup starts: through the SDK and its HTTP
 * client, but over connections that lead nowhere. Thread-safe. Once closed, it has no connections any more, and answers
 * nothing.
 */
public final class CannedAws implements AutoCloseable {
    private static final String ACCOUNT = "us-east-1:123456789012";

    private final int servers;
    private final CannedHttpClient http =
            new CannedHttpClient(new CannedSockets(request -> CannedHttp.answer(request, this::answer)));

    /** @param servers how many are tagged, at most 100: one page */
    public CannedAws(int servers) {
        this.servers = servers;
    }

    /**
     * Makes a client one that asks here, with a region and credentials of its own: to find real ones may take the
     * network.
     */
    public void lead(AwsClientBuilder<?, ?> client) {
        client.region(Region.US_EAST_1);
        client.credentialsProvider(new CannedCredentials());
        ((AwsSyncClientBuilder<?, ?>) client).httpClient(http);
    }

    @Override
    public void close() {
        http.close();
    }

    private String answer(String target, String request) {
        String operation = target.substring(target.indexOf('.') + 1);
        return CannedRunCommand.answer(operation, request, servers).orElseGet(() -> answerOfOthers(operation, request));
    }

    private String answerOfOthers(String operation, String request) {
        return switch (operation) {
            case "GetResources" -> resources();
            case "CreateBackup" -> created(request);
            case "Query" -> "{\"Count\":0,\"Items\":[],\"ScannedCount\":0}";
            default -> "{}";
        };
    }

    private String resources() {
        String each = IntStream.range(0, servers)
                .mapToObj(i -> """
                    {"ResourceARN":"arn:aws:opsworks-cm:%s:server/priming-%d/0a1b2c3d-0000-4000-8000-000000000000",\
                    "Tags":[{"Key":"Backup","Value":"nightly"}]}\
                    """.formatted(ACCOUNT, i))
                .collect(Collectors.joining(","));
        return "{\"PaginationToken\":\"\",\"ResourceTagMappingList\":[" + each + "]}";
    }

    private static String created(String request) {
        String key = "\"ServerName\":\"";
        int from = request.indexOf(key) + key.length();
        String server = request.substring(from, request.indexOf('"', from));
        return """
            {"Backup":{"BackupArn":"arn:aws:opsworks-cm:%s:backup/%s-20260301020000000",\
            "BackupId":"%s-20260301020000000","BackupType":"MANUAL","CreatedAt":1.772330400123E9,\
            "ServerName":"%s","Status":"IN_PROGRESS"}}\
            """.formatted(ACCOUNT, server, server, server);
    }
}
