package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.audit.AuditUnavailableException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Every access to the table: what the SDK throws becomes the port's exception. */
final class Access {
    private Access() {}

    /** @param what is being done, for the message */
    static <T> T to(String what, Supplier<T> access) {
        try {
            return access.get();
        } catch (SdkException e) {
            throw new AuditUnavailableException("could not " + what + " in the audit table: " + e.getMessage(), e);
        }
    }
}
