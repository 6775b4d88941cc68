package dev.serverbackup.local.http;

import java.time.Duration;

/** How one call goes wrong. "Effect" is what the operation does in the service. */
public sealed interface Fault {

    /** Answered with an error; no effect. */
    record Refuse(AwsError error) implements Fault {}

    /** Answered with an error although the effect happens. */
    record RefuseAfterEffect(AwsError error) implements Fault {}

    /** The connection is closed; no effect. */
    record LoseRequest() implements Fault {}

    /** The effect happens, then the connection is closed. */
    record LoseAnswer() implements Fault {}

    /** The effect happens; the answer is a 200 whose body no client can read. */
    record Unreadable() implements Fault {}

    /** Held up before the effect, which happens even if the client has gone by then. */
    record HoldRequest(Pause pause) implements Fault {}

    /** The effect happens at once, the answer is held up. */
    record HoldAnswer(Pause pause) implements Fault {}

    static Fault throttled() {
        return new Refuse(new AwsError(AwsErrorType.THROTTLING, "Rate exceeded"));
    }

    static Fault accessDenied() {
        return new Refuse(new AwsError(
                AwsErrorType.ACCESS_DENIED, "User: arn:aws:iam::123456789012:user/local is not authorized."));
    }

    static Fault unavailable() {
        return new Refuse(serviceUnavailable());
    }

    static Fault unavailableAfterEffect() {
        return new RefuseAfterEffect(serviceUnavailable());
    }

    static Fault slow(Duration duration) {
        return new HoldAnswer(Pause.of(duration));
    }

    private static AwsError serviceUnavailable() {
        return new AwsError(
                AwsErrorType.SERVICE_UNAVAILABLE, "The request has failed due to a temporary failure of the server.");
    }
}
