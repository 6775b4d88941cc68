package dev.serverbackup.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection lives through: one packet for each answer, keep-alive, faults, the end. */
class ConnectionIT {

    private static final CallPattern SAY = CallPattern.of("Say");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Echo echo = new Echo();
    private final Faults faults = new Faults();
    private final CallLog calls = new CallLog();
    private final AwsJsonServer server =
            new AwsJsonServer("127.0.0.1", 0, List.of(echo), faults, calls, InstantSource.system());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void headers_and_body_arrive_in_one_read_on_a_connection_that_stays_open() throws Exception {
        try (var connection = connect()) {
            for (var n = 0; n < 300; n++) {
                ask(connection);
                assertThat(read(connection)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("{\"Said\":\"nothing\"}");
            }
        }
    }

    @Test
    void a_hundred_requests_in_turn_never_wait_for_a_delayed_acknowledgement() throws Exception {
        try (var connection = connect()) {
            ask(connection);
            read(connection);
            var begin = System.nanoTime();
            for (var n = 0; n < 100; n++) {
                ask(connection);
                read(connection);
            }
            // 40 ms each, were headers and body two packets.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void what_is_no_http_is_answered_in_the_protocols_form() throws Exception {
        try (var connection = connect()) {
            connection.getOutputStream().write("hello\r\n\r\n".getBytes(UTF_8));

            assertThat(read(connection))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("x-amzn-RequestId: ")
                    .contains("Content-Type: application/x-amz-json-1.1")
                    .contains("{\"__type\":\"SerializationException\"");
        }
    }

    @Test
    void a_lost_request_has_no_effect_and_no_answer() throws Exception {
        faults.next(1, SAY, new Fault.LoseRequest());

        assertThat(askedOnce()).isEmpty();
        assertThat(echo.effects).hasValue(0);
        assertThat(outcome()).isEqualTo(new Call.Outcome(false, Optional.empty(), false));
    }

    @Test
    void a_lost_answer_leaves_the_effect() throws Exception {
        faults.next(1, SAY, new Fault.LoseAnswer());

        assertThat(askedOnce()).isEmpty();
        assertThat(echo.effects).hasValue(1);
        assertThat(outcome()).isEqualTo(new Call.Outcome(true, Optional.empty(), false));
    }

    @Test
    void a_refusal_comes_with_or_without_effect() throws Exception {
        faults.next(1, SAY, Fault.unavailable());
        faults.next(1, SAY, Fault.unavailableAfterEffect());

        assertThat(askedOnce()).startsWith("HTTP/1.1 503 ").contains("\"ServiceUnavailable\"");
        assertThat(echo.effects).hasValue(0);
        assertThat(askedOnce()).startsWith("HTTP/1.1 503 ").contains("\"ServiceUnavailable\"");
        assertThat(echo.effects).hasValue(1);
    }

    @Test
    void an_unreadable_answer_is_no_json() throws Exception {
        faults.next(1, SAY, new Fault.Unreadable());

        assertThat(askedOnce()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("<html>502 Bad Gateway");
        assertThat(echo.effects).hasValue(1);
    }

    @Test
    void a_held_answer_comes_when_it_is_released_but_the_effect_is_there() throws Exception {
        var released = new CountDownLatch(1);
        faults.next(1, SAY, new Fault.HoldAnswer(Pause.until(released)));
        try (var held = connect()) {
            ask(held);
            calls.await(1, SAY, PATIENCE);
            askedOnce();
            released.countDown();

            assertThat(read(held)).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(echo.effects).hasValue(2);
        }
    }

    @Test
    void a_held_request_takes_effect_even_if_the_client_has_gone() throws Exception {
        var released = new CountDownLatch(1);
        faults.next(1, SAY, new Fault.HoldRequest(Pause.until(released)));
        try (var impatient = connect()) {
            ask(impatient);
            calls.await(1, SAY, PATIENCE);
        }
        assertThat(echo.effects).hasValue(0);

        released.countDown();
        calls.awaitEnded(1, SAY, PATIENCE);
        assertThat(echo.effects).hasValue(1);
    }

    @Test
    void closing_ends_held_calls_and_leaves_neither_threads_nor_the_port() throws Exception {
        faults.always(SAY, new Fault.HoldAnswer(Pause.until(new CountDownLatch(1))));
        try (var connection = connect()) {
            ask(connection);
            calls.await(1, SAY, PATIENCE);
            server.close();

            assertThat(read(connection)).isEmpty();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("local-aws") && !thread.isDaemon())
                .isEmpty();
    }

    private Call.Outcome outcome() {
        return calls.all().getLast().outcome().orElseThrow();
    }

    private String askedOnce() throws IOException {
        try (var connection = connect()) {
            ask(connection);
            return read(connection);
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.endpoint().getPort()));
        return socket;
    }

    private static void ask(Socket connection) throws IOException {
        connection
                .getOutputStream()
                .write("POST / HTTP/1.1\r\nHost: local\r\nX-Amz-Target: Echo_20161101.Say\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(UTF_8));
    }

    /** What a single read brings; empty if the connection is closed. */
    private static String read(Socket connection) throws IOException {
        var bytes = new byte[100_000];
        var length = connection.getInputStream().read(bytes);
        return length < 0 ? "" : new String(bytes, 0, length, UTF_8);
    }
}
