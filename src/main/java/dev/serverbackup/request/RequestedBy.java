package dev.serverbackup.request;

import java.util.Optional;

/**
 * The sender of a request, as its event names it. It is not verified; IAM decides which callers may send one.
 *
 * @param source the event's source, or {@code direct} for a direct invocation
 */
public record RequestedBy(String source, Optional<String> detailType, Optional<String> eventId) {
    /** The follow-up itself, for a slot of the schedule whose event was not received. */
    public static final RequestedBy CATCH_UP =
            new RequestedBy("server-backup.catch-up", Optional.empty(), Optional.empty());
}
