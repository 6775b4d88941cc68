package dev.serverbackup.request;

/**
 * A request that is refused before anything is written or called. Lambda delivers it again at most
 * {@code MaximumRetryAttempts} times and then hands it, with this type and message, to the on-failure destination.
 */
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String property;

    /**
     * @param property the wrong property, as a path from the event ({@code detail.selector.tags.Backup[1]}) or from the
     *     setting that was read
     * @param fault what is wrong and what is allowed, without control characters from the input
     */
    public InvalidRequestException(String property, String fault) {
        super(property + ": " + fault);
        this.property = property;
    }

    /** The wrong property, as a path from the event. */
    public String property() {
        return property;
    }
}
