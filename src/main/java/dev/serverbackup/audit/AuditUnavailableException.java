package dev.serverbackup.audit;

/** The audit table could not be read or written. The invocation fails, so that its event is delivered again. */
public final class AuditUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AuditUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
