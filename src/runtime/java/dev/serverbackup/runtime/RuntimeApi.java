package dev.serverbackup.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Lambda's runtime API (2018-06-01) for one execution environment: hands out invocations one after the other, and
 * receives their results. Only one thread may invoke.
 */
final class RuntimeApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOT = "/2018-06-01/runtime/";
    static final String FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:server-backup:live";
    private static final int THREADS = 6;

    private final BlockingQueue<Invocation> invocations = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Semaphore waiting = new Semaphore(0);
    private final Server server;
    private final ServerConnector connector;

    /**
     * What is handed out.
     *
     * @param deadline in milliseconds since the epoch
     */
    record Invocation(String requestId, String event, long deadline) {}

    RuntimeApi() throws Exception {
        var threads = new QueuedThreadPool(THREADS, 1);
        threads.setDaemon(true);
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        // An environment waits for its next invocation as long as it takes.
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        server.setHandler(new Endpoints());
        server.start();
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return connector.getHost() + ":" + connector.getLocalPort();
    }

    void offer(Invocation invocation) {
        invocations.add(invocation);
    }

    /** Whether the function has asked for its first invocation, or does so in time. To be asked by one thread, once. */
    boolean awaitsInvocation(Duration patience) throws InterruptedException {
        return waiting.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Where answers arrive, and the news of the process's end. */
    BlockingQueue<Answer> answers() {
        return answers;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the runtime API does not stop", e);
        }
    }

    private final class Endpoints extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            String path = Request.getPathInContext(request);
            if (path.equals(ROOT + "invocation/next")) {
                next(response, callback);
            } else if (path.equals(ROOT + "restore/next")) {
                // With SnapStart: asked before the snapshot, answered after the restore.
                write(200, "{}", response, callback);
            } else if (path.startsWith(ROOT) && path.endsWith("/response")) {
                accept(new Answer.Result(body(request)), response, callback);
            } else if (path.startsWith(ROOT) && path.endsWith("/error")) {
                accept(new Answer.Failure(body(request)), response, callback);
            } else {
                return false;
            }
            return true;
        }

        private void next(Response response, Callback callback) {
            waiting.release();
            try {
                hand(invocations.take(), response, callback);
            } catch (InterruptedException closing) {
                write(410, "{}", response, callback);
            }
        }

        private void hand(Invocation next, Response response, Callback callback) {
            var headers = response.getHeaders();
            headers.put("Lambda-Runtime-Aws-Request-Id", next.requestId());
            headers.put("Lambda-Runtime-Deadline-Ms", next.deadline());
            headers.put("Lambda-Runtime-Invoked-Function-Arn", FUNCTION_ARN);
            headers.put("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
            write(200, next.event(), response, callback);
        }

        private void accept(Answer answer, Response response, Callback callback) {
            answers.add(answer);
            write(202, "{\"status\":\"OK\"}", response, callback);
        }

        /** Headers and body in one write: in two packets, Nagle's algorithm would cost each request 40 ms. */
        private void write(int status, String json, Response response, Callback callback) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            response.setStatus(status);
            response.getHeaders().put("Content-Type", "application/json");
            response.getHeaders().put("Content-Length", body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }

        private static JsonNode body(Request request) throws IOException {
            try (InputStream in = Content.Source.asInputStream(request)) {
                return JSON.readTree(in);
            }
        }
    }
}
