package dev.serverbackup.backup.opsworkscm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** The wire: answers as told, in turn, and counts what was transmitted. */
final class StubHttp implements SdkHttpClient {
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> transmitted = new ArrayList<>();

    /** What comes back, or the failure to get anything. */
    private interface Answer {
        HttpExecuteResponse get() throws IOException;
    }

    StubHttp answer(int status, String body) {
        answers.add(() -> HttpExecuteResponse.builder()
                .response(SdkHttpFullResponse.builder()
                        .statusCode(status)
                        .putHeader("x-amzn-RequestId", "request-1")
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body.getBytes(UTF_8))))
                .build());
        return this;
    }

    StubHttp typed(int status, String type) {
        return answer(status, "{\"__type\":\"%s\",\"Message\":\"because\"}".formatted(type));
    }

    StubHttp started() {
        return answer(
                200, "{\"Backup\":{\"BackupId\":\"alpha-1\",\"ServerName\":\"alpha\",\"Status\":\"IN_PROGRESS\"}}");
    }

    StubHttp fail(IOException failure) {
        answers.add(() -> {
            throw failure;
        });
        return this;
    }

    StubHttp never() {
        answers.add(() -> {
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody opens it");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        });
        return this;
    }

    /** The targets of all requests, in order. */
    List<String> transmitted() {
        return transmitted;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                transmitted.add(request.httpRequest()
                        .firstMatchingHeader("X-Amz-Target")
                        .orElse("?"));
                return answers.remove().get();
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
