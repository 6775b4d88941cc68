package dev.serverbackup.backup.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** The wire: answers each operation as told, and keeps what was transmitted. */
public final class StubHttp implements SdkHttpClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Deque<Answer>> told = new HashMap<>();
    private final Map<String, Function<JsonNode, String>> usual = new HashMap<>();
    private final List<String> transmitted = new ArrayList<>();
    private final List<JsonNode> bodies = new ArrayList<>();

    private interface Answer {
        HttpExecuteResponse get() throws IOException;
    }

    /** From now on, unless something else was told for once. */
    public StubHttp usually(String operation, String body) {
        return usually(operation, _ -> body);
    }

    /** The same, by what is asked for. */
    public StubHttp usually(String operation, Function<JsonNode, String> body) {
        usual.put(operation, body);
        return this;
    }

    /** The next time, each telling for one time more. */
    public StubHttp once(String operation, int status, String body) {
        return once(operation, () -> response(status, body));
    }

    /** An error of this type. */
    public StubHttp typed(String operation, int status, String type) {
        return once(operation, status, "{\"__type\":\"%s\",\"Message\":\"because\"}".formatted(type));
    }

    public StubHttp lost(String operation) {
        return fail(operation, new IOException("connection reset"));
    }

    public StubHttp fail(String operation, IOException failure) {
        return once(operation, () -> {
            throw failure;
        });
    }

    public StubHttp never(String operation) {
        return once(operation, () -> {
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody opens it");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        });
    }

    private StubHttp once(String operation, Answer answer) {
        told.computeIfAbsent(operation, _ -> new ArrayDeque<>()).add(answer);
        return this;
    }

    private static HttpExecuteResponse response(int status, String body) {
        return HttpExecuteResponse.builder()
                .response(SdkHttpFullResponse.builder()
                        .statusCode(status)
                        .putHeader("x-amzn-RequestId", "request-1")
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body.getBytes(UTF_8))))
                .build();
    }

    /** The operations, in order. */
    public List<String> transmitted() {
        return List.copyOf(transmitted);
    }

    public long transmitted(String operation) {
        return transmitted.stream().filter(operation::equals).count();
    }

    /** What the last call of an operation said. */
    public JsonNode last(String operation) {
        return bodies.get(transmitted.lastIndexOf(operation));
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                String target = request.httpRequest()
                        .firstMatchingHeader("X-Amz-Target")
                        .orElseThrow();
                String operation = target.substring(target.indexOf('.') + 1);
                transmitted.add(operation);
                try (var body = request.contentStreamProvider().orElseThrow().newStream()) {
                    bodies.add(JSON.readTree(body));
                }
                Deque<Answer> next = told.getOrDefault(operation, new ArrayDeque<>());
                return next.isEmpty()
                        ? response(200, usual.get(operation).apply(bodies.getLast()))
                        : next.remove().get();
            }

            @Override
            public void abort() {
                // nothing is under way
            }
        };
    }

    @Override
    public void close() {
        // nothing is open
    }
}
