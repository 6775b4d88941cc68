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
 * Makes the calls to the table. A call that conflicts with another worker's transaction on the same item is made again
 * after some milliseconds, which the SDK does not do. Any other exception of the SDK becomes an {@link
 * AuditUnavailableException}.
 */
final class DynamoDbCalls {
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));

    /** Cancellation reasons after which the same transaction may succeed a moment later. */
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private static final String NO_REASON = "None";

    private final Consumer<Duration> pause;

    /** @param pause waits */
    DynamoDbCalls(Consumer<Duration> pause) {
        this.pause = pause;
    }

    /** With pauses in real time. */
    static DynamoDbCalls inRealTime() {
        return new DynamoDbCalls(DynamoDbCalls::sleep);
    }

    /** @param what what is being done, for the message */
    <T> T to(String what, Supplier<T> call) {
        try {
            return retried(call);
        } catch (SdkException e) {
            throw new AuditUnavailableException("could not " + what + " in the audit table: " + e.getMessage(), e);
        }
    }

    /** As {@link #to}, but throws the SDK's own exception. */
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

    /** Whether it was cancelled only because of other transactions or throttling. */
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
