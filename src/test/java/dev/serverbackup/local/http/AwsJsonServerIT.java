package dev.serverbackup.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol as it goes over the wire. */
class AwsJsonServerIT {

    private static final String SAY = "Echo_20161101.Say";

    private final CallLog calls = new CallLog();
    private final AwsJsonServer server =
            new AwsJsonServer("127.0.0.1", 0, List.of(new Echo()), new ScriptedFaults(), calls, InstantSource.system());
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
    @ValueSource(strings = {"Echo_20161101.Shout", "Echo_20161101.", "Say", ""})
    void an_operation_that_nobody_has_is_unknown(String target) throws Exception {
        var answer = post(target, "{}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"UnknownOperationException\",\"Message\":\"Unknown operation: '%s'.\"}"
                        .formatted(target));
    }

    @ParameterizedTest
    @CsvSource({"GET, /", "PUT, /", "DELETE, /", "OPTIONS, /", "POST, /other"})
    void only_post_to_the_root_calls_an_operation(String method, String path) throws Exception {
        var answer = send(to(server.endpoint().resolve(path), SAY).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"UnknownOperationException\",\"Message\":\"Every operation is POST /,"
                        + " but this was %s %s.\"}".formatted(method, path));
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
    void a_defect_is_an_internal_failure_that_tells_nothing() throws Exception {
        var answer = post("Echo_20161101.Break", "{}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"InternalFailure\",\"Message\":\"The request processing has failed.\"}");
    }

    @Test
    void the_log_says_how_each_call_ended() throws Exception {
        post(SAY, "{\"ServerName\": \"alpha\"}");
        post("Echo_20161101.Break", "{}");
        post(SAY, "{");

        assertThat(calls.all()).extracting(Call::operation).containsExactly("Say", "Break", SAY);
        assertThat(calls.matching(CallPattern.of("Say").to("alpha"))).hasSize(1);
        assertThat(calls.all())
                .extracting(call -> call.outcome()
                        .orElseThrow()
                        .errorType()
                        .map(AwsErrorType::shape)
                        .orElse("none"))
                .containsExactly("none", "InternalFailure", "SerializationException");
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
