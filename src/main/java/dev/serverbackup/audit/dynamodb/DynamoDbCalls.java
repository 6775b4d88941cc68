package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.audit.AuditUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Every call to the table. Another worker's transaction on the same item is no unavailability: it is over within
 * milliseconds, and the SDK does not wait for it, so the call is made again. What the SDK throws otherwise becomes the
 * port's exception.
 */
final class DynamoDbCalls {
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));

    /** Why a transaction may be cancelled that would go through a moment later. */
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private static final String NO_REASON = "None";

    private final Consumer<Duration> pause;

    /** @param pause lets time pass */
    DynamoDbCalls(Consumer<Duration> pause) {
        this.pause = pause;
    }

    /** With the pauses of real time. */
    static DynamoDbCalls inRealTime() {
        return new DynamoDbCalls(DynamoDbCalls::sleep);
    }

    /** @param what is being done, for the message */
    <T> T to(String what, Supplier<T> call) {
        try {
            return retried(call);
        } catch (SdkException e) {
            throw new AuditUnavailableException("could not " + what + " in the audit table: " + e.getMessage(), e);
        }
    }

    /** As {@link #to}, but what the SDK throws at last comes through. */
    <T> T retried(Supplier<T> call) {
        for (Duration before : PAUSES) {
            try {
                return call.get();
            } catch (TransactionConflictException | TransactionInProgressException conflict) {
                pause.accept(before);
            } catch (TransactionCanceledException cancelled) {
                if (!passes(cancelled)) {
                    throw cancelled;
                }
                pause.accept(before);
            }
        }
        return call.get();
    }

    /** Whether nothing but other transactions, or too many requests, stood in its way. */
    private static boolean passes(TransactionCanceledException cancelled) {
        List<String> codes = cancelled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .filter(code -> code != null && !code.equals(NO_REASON))
                .toList();
        return !codes.isEmpty() && PASSING.containsAll(codes);
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
