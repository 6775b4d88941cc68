package dev.serverbackup.priming;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.regions.Region;

/**
 * Answers a run's requests from memory, as AWS answers one whose every backup starts: no socket is opened. Stateless, and
 * so thread-safe.
 *
 * @param servers how many are tagged, at most 100: one page
 */
public record CannedAws(int servers) implements SdkHttpClient {
    private static final String ACCOUNT = "us-east-1:123456789012";

    /** Makes a client one that asks here, with a region and credentials of its own: to find real ones may take the network. */
    public void lead(AwsClientBuilder<?, ?> client) {
        client.region(Region.US_EAST_1);
        client.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("priming", "priming")));
        ((AwsSyncClientBuilder<?, ?>) client).httpClient(this);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return answer(request);
            }

            @Override
            public void abort() {
                // An answer from memory is there at once.
            }
        };
    }

    private HttpExecuteResponse answer(HttpExecuteRequest request) {
        String target =
                request.httpRequest().firstMatchingHeader("X-Amz-Target").orElseThrow();
        byte[] body = body(target.substring(target.indexOf('.') + 1), request).getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
                .response(SdkHttpFullResponse.builder()
                        .statusCode(200)
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .putHeader("Content-Length", Integer.toString(body.length))
                        .putHeader("x-amzn-RequestId", "00000000-0000-4000-8000-000000000000")
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }

    private String body(String operation, HttpExecuteRequest request) {
        return switch (operation) {
            case "GetResources" -> resources();
            case "CreateBackup" -> created(sent(request));
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

    private static String sent(HttpExecuteRequest request) {
        try (InputStream body = request.contentStreamProvider().orElseThrow().newStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
