package dev.serverbackup.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** Reads and writes AWS JSON 1.1. */
final class AwsJson {

    static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AwsJson() {}

    /**
     * The operation and input of a request.
     *
     * @throws AwsError in the protocol's words, if the request is none of AWS JSON 1.1 or for no known target
     */
    static Invocation parse(Incoming incoming, Set<String> prefixes) {
        if (!incoming.method().equals("POST") || !incoming.path().equals("/")) {
            var called = incoming.method() + " " + incoming.path();
            throw new AwsError(
                    AwsErrorType.UNKNOWN_OPERATION, "Every operation is POST /, but this was " + called + ".");
        }
        var dot = incoming.target().lastIndexOf('.');
        if (dot < 0 || !prefixes.contains(incoming.target().substring(0, dot))) {
            throw Service.unknown(incoming.target());
        }
        var body = incoming.body()
                .orElseThrow(() -> new AwsError(AwsErrorType.REQUEST_TOO_LARGE, "The request body is too large."));
        return new Invocation(
                incoming.target().substring(0, dot), incoming.target().substring(dot + 1), structure(body));
    }

    static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ObjectNode structure(byte[] body) {
        var node = read(body);
        if (node.isMissingNode()) {
            return JSON.createObjectNode();
        }
        if (!(node instanceof ObjectNode structure)) {
            throw new AwsError(AwsErrorType.SERIALIZATION, "The request body must be a JSON object.");
        }
        return structure;
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException malformed) {
            throw new AwsError(AwsErrorType.SERIALIZATION, "The request body is no valid JSON.");
        }
    }
}
