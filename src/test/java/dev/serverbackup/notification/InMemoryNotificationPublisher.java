package dev.serverbackup.notification;

import dev.serverbackup.notification.NotificationPublisherContract.Arrived;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** NotificationPublisher that go nowhere. */
public final class InMemoryNotificationPublisher implements NotificationPublisher {
    private final InstantSource clock;
    private final List<Notification> sent = new ArrayList<>();
    private Predicate<Arrived> refused = _ -> false;
    private int sendings;

    public InMemoryNotificationPublisher(InstantSource clock) {
        this.clock = clock;
    }

    /** What was accepted, in its order. */
    public synchronized List<Notification> sent() {
        return List.copyOf(sent);
    }

    /** How often anybody tried to send anything. */
    public synchronized int sendings() {
        return sendings;
    }

    public synchronized void refuse(Predicate<Arrived> chosen) {
        refused = chosen;
    }

    @Override
    public synchronized Set<String> send(List<Notification> notifications, Instant sendBefore) {
        sendings++;
        Set<String> accepted = new HashSet<>();
        for (Notification notification : notifications) {
            if (clock.instant().isBefore(sendBefore) && !refused.test(Arrived.of(notification))) {
                sent.add(notification);
                accepted.add(notification.id());
            }
        }
        return accepted;
    }
}
