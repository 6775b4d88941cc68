package dev.serverbackup.local.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What an operation came to, in the protocol's form. */
@SuppressWarnings("ArrayRecordComponent") // written once and never compared
record Result(int status, Optional<AwsErrorType> error, byte[] body) {

    static Result well(ObjectNode output) {
        return new Result(200, Optional.empty(), AwsJson.bytes(output));
    }

    static Result refused(AwsError error) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("__type", error.type().shape())
                .put("Message", error.getMessage());
        return new Result(error.type().status(), Optional.of(error.type()), AwsJson.bytes(body));
    }

    /** The same outcome with an answer that is no JSON. */
    Result garbled() {
        return new Result(200, error, "<html>502 Bad Gateway".getBytes(StandardCharsets.UTF_8));
    }
}
