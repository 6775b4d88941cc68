package dev.serverbackup.notification;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

class InMemoryNotificationPublisherTest extends NotificationPublisherContract {
    private final InMemoryNotificationPublisher notifications =
            new InMemoryNotificationPublisher(InstantSource.fixed(NOW));

    @Override
    protected NotificationPublisher notifications() {
        return notifications;
    }

    @Override
    protected List<Arrived> arrived() {
        return notifications.sent().stream().map(Arrived::of).toList();
    }

    @Override
    protected void refuse(Predicate<Arrived> chosen) {
        notifications.refuse(chosen);
    }

    @Override
    protected void goDown() {
        notifications.refuse(_ -> true);
    }

    @Override
    protected void accept() {
        notifications.refuse(_ -> false);
    }
}
