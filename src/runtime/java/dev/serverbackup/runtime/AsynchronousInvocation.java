package dev.serverbackup.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Lambda's handling of an event from EventBridge: invokes the function, retries if that fails, and sends an event whose
 * retries failed to the on-failure destination (Lambda developer guide, "Retaining records of asynchronous
 * invocations"). Its pauses of one and two minutes are left out.
 */
public final class AsynchronousInvocation {
    /** Lambda's default, and the template's. */
    private static final int MAXIMUM_RETRY_ATTEMPTS = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FunctionProcess function;
    private int invocations;

    /** Of that function, by one caller. */
    public AsynchronousInvocation(FunctionProcess function) {
        this.function = function;
    }

    /** Returns the destination's record, if the last invocation failed, too. */
    public Optional<JsonNode> of(String event) throws Exception {
        String requestId = UUID.randomUUID().toString();
        JsonNode failure = null;
        for (int attempt = 0; attempt <= MAXIMUM_RETRY_ATTEMPTS; attempt++) {
            invocations++;
            switch (function.invoke(event, requestId)) {
                case Answer.Result _ -> {
                    return Optional.empty();
                }
                case Answer.Failure failed -> failure = failed.payload();
                case Answer.Exited exited -> failure = exit(requestId, exited);
            }
        }
        return Optional.of(record(requestId, event, failure));
    }

    /** How often it was invoked. */
    public int invocations() {
        return invocations;
    }

    private static JsonNode exit(String requestId, Answer.Exited exited) {
        return JSON.createObjectNode()
                .put("errorType", "Runtime.ExitError")
                .put("errorMessage", "RequestId: %s Error: exit status %d".formatted(requestId, exited.status()));
    }

    private ObjectNode record(String requestId, String event, JsonNode failure) throws Exception {
        ObjectNode message = JSON.createObjectNode().put("version", "1.0");
        message.put("timestamp", Instant.now().toString());
        message.putObject("requestContext")
                .put("requestId", requestId)
                .put("functionArn", RuntimeApi.FUNCTION_ARN)
                .put("condition", "RetriesExhausted")
                .put("approximateInvokeCount", invocations);
        message.set("requestPayload", JSON.readTree(event));
        message.putObject("responseContext")
                .put("statusCode", 200)
                .put("executedVersion", "1")
                .put("functionError", "Unhandled");
        message.set("responsePayload", failure);
        return message;
    }
}
