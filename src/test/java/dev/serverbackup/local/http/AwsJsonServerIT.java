package dev.serverbackup.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol as it goes over the wire, what becomes of a connection, and what each fault does to it. */
class AwsJsonServerIT {
    private static final String SAY = "Echo_20161101.Say";
    private static final CallPattern SAYING = CallPattern.of("Say");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Echo echo = new Echo();
    private final ScriptedFaults faults = new ScriptedFaults();
    private final CallLog calls = new CallLog();
    private final AwsJsonServer server =
            new AwsJsonServer("127.0.0.1", 0, List.of(echo), faults, calls, InstantSource.system());
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    /** A service that says what it was told, counts its effects, and has a defect to show. */
    private static final class Echo implements Service {
        private final AtomicInteger effects = new AtomicInteger();

        @Override
        public String prefix() {
            return "Echo_20161101";
        }

        @Override
        public Set<String> operations() {
            return Set.of("Say", "Break");
        }

        @Override
        public ObjectNode perform(String operation, InputReader input) {
            if (operation.equals("Break")) {
                throw new IllegalStateException("a secret inside");
            }
            if (!operation.equals("Say")) {
                throw Service.unknown(prefix() + "." + operation);
            }
            effects.incrementAndGet();
            var said = input.optional("Text", Text.of(0, 100_000)).orElse("nothing");
            return JsonNodeFactory.instance.objectNode().put("Said", said);
        }
    }

    /** A client that sees each packet. */
    private record Connection(Socket socket) implements AutoCloseable {
        static Connection to(URI endpoint) throws IOException {
            var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            return new Connection(socket);
        }

        /** Sends the operation Say, without input. */
        void ask() throws IOException {
            var head = "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: " + SAY + "\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
        }

        /** What a single read brings; empty if the connection is closed. */
        String read() throws IOException {
            var bytes = new byte[100_000];
            var length = socket.getInputStream().read(bytes);
            return length < 0 ? "" : new String(bytes, 0, length, UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void an_answer_has_the_form_of_aws_json() throws Exception {
        var answer = post(SAY, "{\"Text\": \"grüezi\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"Said\":\"grüezi\"}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.1");
        assertThat(answer.headers().firstValue("x-amzn-RequestId"))
                .contains(calls.all().getFirst().requestId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"text\"", "{} {}", "{'a': 1}", "\u0000", "{\"Text\": 1}"})
    void a_body_that_is_no_such_structure_is_a_serialization_error(String body) throws Exception {
        var answer = post(SAY, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isIn(Stream.of(
                                "The request body is no valid JSON.",
                                "The request body must be a JSON object.",
                                "NUMBER_VALUE can not be converted to a String at 'text'")
                        .map("{\"__type\":\"SerializationException\",\"Message\":\"%s\"}"::formatted)
                        .toList());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.1");
        assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        POST    | /      | Echo_20161101.Shout | Unknown operation: 'Echo_20161101.Shout'.
        POST    | /      | Echo_20161101.      | Unknown operation: 'Echo_20161101.'.
        POST    | /      | Say                 | Unknown operation: 'Say'.
        POST    | /      | ""                  | Unknown operation: ''.
        POST    | /other | Echo_20161101.Say   | Every operation is POST /, but this was POST /other.
        GET     | /      | Echo_20161101.Say   | Every operation is POST /, but this was GET /.
        OPTIONS | /      | Echo_20161101.Say   | Every operation is POST /, but this was OPTIONS /.
        """)
    void what_is_no_operation_of_a_service_is_unknown(String method, String path, String target, String message)
            throws Exception {
        var answer = send(to(server.endpoint().resolve(path), target).method(method, BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"UnknownOperationException\",\"Message\":\"%s\"}".formatted(message));
    }

    @Test
    void a_body_beyond_the_limit_is_too_large() throws Exception {
        var answer = post(SAY, " ".repeat(JettyHandler.LARGEST_BODY + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"RequestEntityTooLargeException\",\"Message\":\"The request body is too"
                        + " large.\"}");
        assertThat(post(SAY, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void a_defect_tells_nothing_and_the_log_says_how_each_call_ended() throws Exception {
        post(SAY, "{\"ServerName\": \"alpha\"}");
        var defect = post("Echo_20161101.Break", "{}");
        post(SAY, "{");

        assertThat(defect.statusCode()).isEqualTo(500);
        assertThat(defect.body())
                .isEqualTo("{\"__type\":\"InternalFailure\",\"Message\":\"The request processing has failed.\"}");
        assertThat(calls.all()).extracting(Call::operation).containsExactly("Say", "Break", SAY);
        assertThat(calls.matching(SAYING.to("alpha"))).hasSize(1);
        assertThat(calls.all())
                .extracting(call -> call.outcome()
                        .orElseThrow()
                        .errorType()
                        .map(AwsErrorType::shape)
                        .orElse("none"))
                .containsExactly("none", "InternalFailure", "SerializationException");
    }

    @Test
    void headers_and_body_arrive_in_one_read_on_a_connection_that_stays_open() throws Exception {
        try (var connection = Connection.to(server.endpoint())) {
            for (var n = 0; n < 300; n++) {
                connection.ask();
                assertThat(connection.read()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("{\"Said\":\"nothing\"}");
            }
        }
    }

    @Test
    void closing_ends_held_calls_and_leaves_neither_threads_nor_the_port() throws Exception {
        faults.always(SAYING, new Fault.HoldAnswer(Pause.until(new CountDownLatch(1))));
        try (var connection = Connection.to(server.endpoint())) {
            connection.ask();
            calls.await(1, SAYING, PATIENCE);
            server.close();

            assertThat(connection.read()).isEmpty();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("local-aws") && !thread.isDaemon())
                .isEmpty();
    }

    static final List<Arguments> FAULTS = List.of(
            arguments(new Fault.LoseRequest(), "", 0, false),
            arguments(new Fault.LoseAnswer(), "", 1, false),
            arguments(Fault.unavailable(), "HTTP/1.1 503 .*\"ServiceUnavailable\".*", 0, true),
            arguments(Fault.unavailableAfterEffect(), "HTTP/1.1 503 .*\"ServiceUnavailable\".*", 1, true),
            arguments(new Fault.Unreadable(), "HTTP/1.1 200 OK\r\n.*<html>502 Bad Gateway", 1, true));

    @ParameterizedTest
    @FieldSource("FAULTS")
    void a_fault_has_an_effect_or_none_and_an_answer_or_none(Fault fault, String answer, int effects, boolean answered)
            throws Exception {
        faults.next(1, SAYING, fault);

        assertThat(askedOnce()).matches(Pattern.compile(answer, Pattern.DOTALL));
        assertThat(echo.effects).hasValue(effects);
        assertThat(calls.all().getLast().outcome().orElseThrow().answered()).isEqualTo(answered);
    }

    @Test
    void a_held_answer_comes_when_it_is_released_but_the_effect_is_there() throws Exception {
        var isHeld = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        faults.next(1, SAYING, new Fault.HoldAnswer(() -> {
            isHeld.countDown();
            released.await();
        }));
        try (var held = Connection.to(server.endpoint())) {
            held.ask();
            isHeld.await();
            assertThat(echo.effects).hasValue(1);
            askedOnce();
            released.countDown();

            assertThat(held.read()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void a_held_request_takes_effect_even_if_the_client_has_gone() throws Exception {
        var released = new CountDownLatch(1);
        faults.next(1, SAYING, new Fault.HoldRequest(Pause.until(released)));
        try (var impatient = Connection.to(server.endpoint())) {
            impatient.ask();
            calls.await(1, SAYING, PATIENCE);
        }
        assertThat(echo.effects).hasValue(0);

        released.countDown();
        calls.awaitEnded(1, SAYING, PATIENCE);
        assertThat(echo.effects).hasValue(1);
    }

    private String askedOnce() throws IOException {
        try (var connection = Connection.to(server.endpoint())) {
            connection.ask();
            return connection.read();
        }
    }

    private HttpResponse<String> post(String target, String body) throws IOException, InterruptedException {
        return send(to(server.endpoint(), target).POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder to(URI uri, String target) {
        return HttpRequest.newBuilder(uri).header("X-Amz-Target", target);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
