package dev.serverbackup.notification;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Sends notifications. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface NotificationPublisher {
    /**
     * Sends each notification at least once, unless it is refused or the bus is not available.
     *
     * @param sendBefore nothing is sent at or after this instant
     * @return the ids of those that were accepted; the others are due again. A refused notification does not make it
     *     throw.
     */
    Set<String> send(List<Notification> notifications, Instant sendBefore);
}
