package dev.serverbackup.backup.sdk;

import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Looks at the clock right before each transmission of one call, its repetitions included, and lets none through at or
 * after the instant given: a worker that was frozen must not send when it thaws. Used by one call; not thread-safe.
 */
public final class SendGate {
    public static final ExecutionAttribute<SendGate> ATTRIBUTE = new ExecutionAttribute<>("SendGate");

    private final InstantSource clock;
    private final Instant sendBefore;
    private boolean closed;

    public SendGate(InstantSource clock, Instant sendBefore) {
        this.clock = clock;
        this.sendBefore = sendBefore;
    }

    /** Whether it kept a transmission back. All before it, if any, were throttled: nothing else is sent again. */
    public boolean isClosed() {
        return closed;
    }

    private void pass() {
        if (!clock.instant().isBefore(sendBefore)) {
            closed = true;
            throw SdkClientException.create("not sent: at or after " + sendBefore);
        }
    }

    /** Stands between the SDK and the wire; calls without a gate pass. */
    public static final class Interceptor implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            attributes.getOptionalAttribute(ATTRIBUTE).ifPresent(SendGate::pass);
        }
    }
}
