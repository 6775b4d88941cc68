package dev.serverbackup.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;

/** What every answer of the front must be, whatever was asked. */
final class ProtocolAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProtocolAnswer() {}

    static void assertOfTheProtocol(Reply reply) throws IOException {
        switch (reply) {
            case Reply.Answer answer -> assertOfTheProtocol(answer.status(), answer.body());
            case Reply.Closed() -> throw new AssertionError("closed, though nothing was to go wrong");
        }
    }

    /** A success is an object without a type; a refusal names a type that AWS has and blames the client. */
    static void assertOfTheProtocol(int status, byte[] body) throws IOException {
        JsonNode json = JSON.readTree(body);
        assertThat(json.isObject()).as("%s is an object", json).isTrue();
        if (status == 200) {
            assertThat(json.has("__type")).as("%s is no error", json).isFalse();
        } else {
            assertThat(status).as("status of %s", json).isNotIn(500, 503).isGreaterThanOrEqualTo(400);
            assertThat(json.path("__type").textValue()).isNotEqualTo(AwsErrorType.INTERNAL_FAILURE.shape());
            assertThat(Arrays.stream(AwsErrorType.values()).map(AwsErrorType::shape))
                    .contains(json.path("__type").textValue());
            assertThat(json.path("Message").isTextual()).isTrue();
        }
    }
}
