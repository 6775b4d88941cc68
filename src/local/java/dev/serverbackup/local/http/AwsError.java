package dev.serverbackup.local.http;

import static java.util.Objects.requireNonNull;

/** A typed refusal. An operation throws it, the front answers it; it carries no stack trace, as it is no defect. */
public final class AwsError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final AwsErrorType type;

    /** The type's own HTTP status goes with it. */
    public AwsError(AwsErrorType type, String message) {
        super(requireNonNull(message, "message"), null, false, false);
        this.type = requireNonNull(type, "type");
    }

    public AwsErrorType type() {
        return type;
    }
}
