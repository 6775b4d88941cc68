package dev.serverbackup.notification;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Where word goes of what has ended. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface NotificationPublisher {
    /**
     * Sends each at least once, but for those of which it turns out that there is no sending now.
     *
     * @param sendBefore nothing is sent at or after this instant
     * @return the ids of those that were accepted; the others are due again. Nothing is thrown for one that was
     *     refused.
     */
    Set<String> send(List<Notification> notifications, Instant sendBefore);
}
