package dev.serverbackup.bench.fake;

import io.github.bucket4j.Bucket;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * An AWS of fixed latencies on loopback: as much of OpsWorks CM, Systems Manager, the tagging API, the event bus and
 * DynamoDB as runs and passes need. It counts what it is asked.
 */
public final class FakeAws implements AutoCloseable {
    private static final int THREADS = 8;

    private final Latencies latencies;
    private final Optional<Bucket> limit;
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final LongAdder throttled = new LongAdder();
    private final Server server;
    private final ServerConnector connector;
    private volatile Answers answers = new Answers(FakeBackend.OPSWORKS_CM, 0);
    private volatile long lastPage;

    /** One that takes as many calls as come. */
    public FakeAws(Latencies latencies) throws Exception {
        this(latencies, Optional.empty());
    }

    /** @param limit of what starts a backup */
    public FakeAws(Latencies latencies, Bucket limit) throws Exception {
        this(latencies, Optional.of(limit));
    }

    private FakeAws(Latencies latencies, Optional<Bucket> limit) throws Exception {
        this.latencies = latencies;
        this.limit = limit;
        var threads = new QueuedThreadPool(THREADS, 2);
        threads.setDaemon(true);
        server = new Server(threads, new ScheduledExecutorScheduler("fake-aws-timer", true), null);
        connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(TimeUnit.MINUTES.toMillis(10));
        server.addConnector(connector);
        server.setHandler(new Endpoint());
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    /** So many servers are tagged from now on, or have an entry that was started. */
    public void serve(FakeBackend backend, int servers) {
        answers = new Answers(backend, servers);
    }

    /** The requests since it was asked last, by {@code X-Amz-Target}. */
    public Map<String, Long> takeCalls() {
        Map<String, Long> taken = new TreeMap<>();
        calls.forEach((operation, count) -> taken.put(operation, count.sumThenReset()));
        taken.values().removeIf(count -> count == 0);
        return taken;
    }

    /** The calls that were throttled, ever. */
    public long throttled() {
        return throttled.sum();
    }

    /** When the last page of any list was answered, by {@link System#nanoTime}. */
    public long lastPage() {
        return lastPage;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the fake AWS does not stop", e);
        }
    }

    private final class Endpoint extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            String target = request.getHeaders().get("X-Amz-Target");
            String operation = target.substring(target.indexOf('.') + 1);
            Latencies.Kind kind = Latencies.Kind.of(operation);
            calls.computeIfAbsent(target, _ -> new LongAdder()).increment();
            String body = body(request);
            if (kind == Latencies.Kind.START
                    && limit.filter(bucket -> !bucket.tryConsume(1)).isPresent()) {
                throttled.increment();
                write(400, Answers.throttled(), response, callback);
                return true;
            }
            String answer = answers.to(operation, body);
            request.getComponents()
                    .getScheduler()
                    .schedule(
                            () -> answer(kind, answer, response, callback),
                            latencies.of(kind).toNanos(),
                            TimeUnit.NANOSECONDS);
            return true;
        }

        private void answer(Latencies.Kind kind, String answer, Response response, Callback callback) {
            if (kind == Latencies.Kind.PAGE) {
                lastPage = System.nanoTime();
            }
            write(200, answer, response, callback);
        }

        private static String body(Request request) throws IOException {
            try (InputStream in = Content.Source.asInputStream(request)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        /** Headers and body in one write: in two packets, Nagle's algorithm would cost each request 40 ms. */
        private static void write(int status, String json, Response response, Callback callback) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            response.setStatus(status);
            response.getHeaders().put("Content-Type", "application/x-amz-json-1.1");
            response.getHeaders().put("Content-Length", body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }
}
