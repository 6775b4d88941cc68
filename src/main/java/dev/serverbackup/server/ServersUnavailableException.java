package dev.serverbackup.server;

/** The servers' tags could not be read. The run fails before anything is written, and its event is delivered again. */
public final class ServersUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause null if the API answered, but with an incomplete listing */
    public ServersUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
