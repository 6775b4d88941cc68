package dev.serverbackup.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection lives through: one packet for each answer, keep-alive, the end, and what each fault does to it. */
class ConnectionIT {

    private static final CallPattern SAY = CallPattern.of("Say");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Echo echo = new Echo();
    private final ScriptedFaults faults = new ScriptedFaults();
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
        try (var connection = new RawConnection(server.endpoint())) {
            for (var n = 0; n < 300; n++) {
                connection.ask();
                assertThat(connection.read()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("{\"Said\":\"nothing\"}");
            }
        }
    }

    @Test
    void what_is_no_http_is_answered_in_the_protocols_form() throws Exception {
        try (var connection = new RawConnection(server.endpoint())) {
            connection.send("hello\r\n\r\n");

            assertThat(connection.read()).matches("""
                HTTP/1.1 400 Bad Request\r
                Date: .*\r
                Content-Type: application/x-amz-json-1.1\r
                x-amzn-RequestId: [-0-9a-f]{36}\r
                Content-Length: 86\r
                \r
                \\{"__type":"SerializationException","Message":"The HTTP request could not be handled.\"}\
                """);
        }
    }

    @Test
    void closing_ends_held_calls_and_leaves_neither_threads_nor_the_port() throws Exception {
        faults.always(SAY, new Fault.HoldAnswer(Pause.until(new CountDownLatch(1))));
        try (var connection = new RawConnection(server.endpoint())) {
            connection.ask();
            calls.await(1, SAY, PATIENCE);
            server.close();

            assertThat(connection.read()).isEmpty();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("local-aws") && !thread.isDaemon())
                .isEmpty();
    }

    @Test
    void a_port_that_is_taken_is_said_to_be() {
        var port = server.endpoint().getPort();
        try (var second = new AwsJsonServer("127.0.0.1", port, List.of(echo), faults, calls, InstantSource.system())) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(second::start)
                    .withMessage("Cannot listen on 127.0.0.1:" + port + ": Address already in use");
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
        try (var held = new RawConnection(server.endpoint())) {
            held.ask();
            calls.await(1, SAY, PATIENCE);
            askedOnce();
            released.countDown();

            assertThat(held.read()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(echo.effects).hasValue(2);
        }
    }

    @Test
    void a_held_request_takes_effect_even_if_the_client_has_gone() throws Exception {
        var released = new CountDownLatch(1);
        faults.next(1, SAY, new Fault.HoldRequest(Pause.until(released)));
        try (var impatient = new RawConnection(server.endpoint())) {
            impatient.ask();
            calls.await(1, SAY, PATIENCE);
        }
        assertThat(echo.effects).hasValue(0);

        released.countDown();
        calls.awaitEnded(1, SAY, PATIENCE);
        assertThat(echo.effects).hasValue(1);
    }

    private Call.Outcome outcome() {
        return calls.all().getLast().outcome().orElseThrow();
    }

    private String askedOnce() throws IOException {
        try (var connection = new RawConnection(server.endpoint())) {
            connection.ask();
            return connection.read();
        }
    }
}
