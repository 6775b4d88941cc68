package dev.serverbackup.local.fleet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.http.ScriptedFaults;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Calls that go wrong from the start.
 *
 * @param next only so many calls of the pattern; absent: all of them
 * @param percent only this share of them; absent: all of them
 */
public record FleetFault(CallPattern calls, Fault fault, OptionalInt next, OptionalInt percent) {

    /** One seed for all, so that the same fleet file goes wrong in the same way each time. */
    private static final long SEED = 1;

    public FleetFault {
        if (next.isPresent() && percent.isPresent()) {
            throw new IllegalArgumentException("A fault has next or percent, not both.");
        }
        if (next.orElse(1) < 1 || percent.orElse(1) < 1 || percent.orElse(1) > 100) {
            throw new IllegalArgumentException("next is at least 1, percent is 1 to 100.");
        }
    }

    /** The ways to go wrong that the fleet file knows. */
    enum Kind {
        REFUSED,
        THROTTLED,
        ACCESS_DENIED,
        UNAVAILABLE,
        UNAVAILABLE_AFTER_EFFECT,
        REQUEST_LOST,
        ANSWER_LOST,
        UNREADABLE,
        SLOW
    }

    /** As the fleet file writes it: {@code type} and {@code message} are of a refusal, {@code delay} is of what is slow. */
    record Written(
            Optional<String> operation,
            Optional<String> serverName,
            @JsonProperty(required = true) Kind fault,
            Optional<AwsErrorType> type,
            Optional<String> message,
            Optional<Duration> delay,
            OptionalInt next,
            OptionalInt percent) {

        private Fault asFault() {
            return switch (fault) {
                case REFUSED ->
                    new Fault.Refuse(new AwsError(
                            type.orElseThrow(() -> needs("type")),
                            message.orElse("The request was refused on purpose.")));
                case THROTTLED -> Fault.throttled();
                case ACCESS_DENIED -> Fault.accessDenied();
                case UNAVAILABLE -> Fault.unavailable();
                case UNAVAILABLE_AFTER_EFFECT -> Fault.unavailableAfterEffect();
                case REQUEST_LOST -> new Fault.LoseRequest();
                case ANSWER_LOST -> new Fault.LoseAnswer();
                case UNREADABLE -> new Fault.Unreadable();
                case SLOW -> Fault.slow(delay.orElseThrow(() -> needs("delay")));
            };
        }

        private IllegalArgumentException needs(String property) {
            return new IllegalArgumentException("A fault that is " + fault + " needs the property " + property + ".");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FleetFault of(Written written) {
        return new FleetFault(
                new CallPattern(written.operation, written.serverName),
                written.asFault(),
                written.next,
                written.percent);
    }

    /** Makes it so. */
    public void into(ScriptedFaults faults) {
        if (next.isPresent()) {
            faults.next(next.getAsInt(), calls, fault);
        } else if (percent.isPresent()) {
            faults.share(percent.getAsInt(), SEED, calls, fault);
        } else {
            faults.always(calls, fault);
        }
    }
}
