package dev.serverbackup.wire;

/**
 * What happens to one request on its way.
 *
 * @param nth which request it happens to, counted from 1 over all connections in the order of arrival
 * @param then done at that very moment, before the connection is closed
 */
public record Cut(int nth, Where where, Runnable then) {
    /** Where on its way. */
    public enum Where {
        /** The request was read; the service never sees it. */
        BEFORE_THE_SERVICE,
        /** The service has answered; the caller never sees it. */
        BEFORE_THE_ANSWER,
        /** The caller has its answer; the connection, which it may keep for its next call, is closed without a word. */
        AFTER_THE_ANSWER
    }

    /** The connection is closed, and nothing else. */
    public static Cut of(int nth, Where where) {
        return new Cut(nth, where, () -> {});
    }

    /** Nothing happens to any. */
    public static Cut none() {
        return of(0, Where.AFTER_THE_ANSWER);
    }
}
