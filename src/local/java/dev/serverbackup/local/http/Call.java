package dev.serverbackup.local.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that reached the local cloud.
 *
 * @param requestId what the answer's {@code x-amzn-RequestId} says
 * @param operation without its prefix; the whole target of a request that is malformed
 * @param serverName the input's {@code ServerName}, if it has one
 * @param outcome absent as long as the call is under way
 */
public record Call(
        String requestId,
        Instant at,
        String operation,
        Optional<String> serverName,
        ObjectNode input,
        Optional<Outcome> outcome) {

    /**
     * How a call ended.
     *
     * @param performed whether the service was asked at all; a fault may have come before
     * @param errorType what was answered (or would have been), absent for success
     * @param answered whether an answer was sent; false if the connection was closed instead
     */
    public record Outcome(boolean performed, Optional<AwsErrorType> errorType, boolean answered) {}

    Call ended(Outcome how) {
        return new Call(requestId, at, operation, serverName, input, Optional.of(how));
    }
}
