package dev.serverbackup.request;

import java.util.Optional;

/**
 * What sent the request, as the event says it. Nothing of it is verified; IAM decides which callers may send one.
 *
 * @param source the event's source, or {@code direct} for a direct invocation
 */
public record RequestedBy(String source, Optional<String> detailType, Optional<String> eventId) {}
