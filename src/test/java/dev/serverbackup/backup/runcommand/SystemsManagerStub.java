package dev.serverbackup.backup.runcommand;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
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

/** The wire to an instance that is Online, has no tags and no commands, unless told otherwise. */
final class SystemsManagerStub implements SdkHttpClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Deque<Answer>> told = new HashMap<>();
    private final Map<String, Function<JsonNode, String>> asked = new HashMap<>();
    private final Map<String, String> usual = new HashMap<>(
            Map.of(
                    "DescribeInstanceInformation",
                            "{\"InstanceInformationList\":[{\"InstanceId\":\"i-0123456789abcdef0\",\"PingStatus\":\"Online\"}]}",
                    "DescribeInstanceProperties", "{\"InstanceProperties\":[]}",
                    "GetResources", "{\"ResourceTagMappingList\":[]}",
                    "ListCommands", "{\"Commands\":[]}",
                    "SendCommand",
                            "{\"Command\":{\"CommandId\":\"command-1\",\"Status\":\"Pending\",\"RequestedDateTime\":1772330401.5}}"));
    private final List<String> transmitted = new ArrayList<>();
    private final List<JsonNode> bodies = new ArrayList<>();

    private interface Answer {
        HttpExecuteResponse get() throws IOException;
    }

    /** From now on, unless something else was told for once. */
    SystemsManagerStub usually(String operation, String body) {
        usual.put(operation, body);
        asked.remove(operation);
        return this;
    }

    /** The same, by what is asked for. */
    SystemsManagerStub usually(String operation, Function<JsonNode, String> body) {
        asked.put(operation, body);
        return this;
    }

    SystemsManagerStub once(String operation, int status, String body) {
        return once(operation, () -> response(status, body));
    }

    SystemsManagerStub typed(String operation, int status, String type) {
        return once(operation, status, "{\"__type\":\"%s\",\"Message\":\"because\"}".formatted(type));
    }

    SystemsManagerStub lost(String operation) {
        return once(operation, () -> {
            throw new IOException("connection reset");
        });
    }

    /** No connection: nothing of the request leaves. */
    SystemsManagerStub unreachable(String operation) {
        return once(operation, () -> {
            throw new ConnectException("Connection refused");
        });
    }

    SystemsManagerStub never(String operation) {
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

    private SystemsManagerStub once(String operation, Answer answer) {
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

    List<String> transmitted() {
        return List.copyOf(transmitted);
    }

    long transmitted(String operation) {
        return transmitted.stream().filter(operation::equals).count();
    }

    /** What the last call of an operation said. */
    JsonNode last(String operation) {
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
                        ? response(
                                200,
                                asked.getOrDefault(operation, _ -> usual.get(operation))
                                        .apply(bodies.getLast()))
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
