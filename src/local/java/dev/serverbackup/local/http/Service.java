package dev.serverbackup.local.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * A service behind the front: everything whose {@code X-Amz-Target} begins with its prefix. Called by many threads at
 * once.
 */
public interface Service {

    /** What stands before the dot in {@code X-Amz-Target}, such as {@code OpsWorksCM_V2016_11_01}. */
    String prefix();

    /** The names of all operations. */
    Set<String> operations();

    /** Whether an operation does something to this machine, so that it is refused to all others. */
    default boolean isForThisMachineAlone(String operation) {
        return false;
    }

    /**
     * Carries one operation out, completely or not at all.
     *
     * @param operation what stands after the dot; one that is not known is refused with {@link #unknown}
     * @return the output structure, empty if the operation has no output members
     * @throws AwsError if the operation is refused
     */
    ObjectNode perform(String operation, InputReader input);

    /** The refusal for an operation that a service does not have. */
    static AwsError unknown(String target) {
        return new AwsError(AwsErrorType.UNKNOWN_OPERATION, "Unknown operation: '" + target + "'.");
    }
}
