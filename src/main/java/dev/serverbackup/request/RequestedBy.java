package dev.serverbackup.request;

import java.util.Optional;

/**
 * Who asked, as the event says it; nothing of it is verified (IAM decides who may ask at all).
 *
 * @param source the event's source, or {@code direct} for a direct invocation
 */
public record RequestedBy(String source, Optional<String> detailType, Optional<String> eventId) {}
