package dev.serverbackup.notification;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

class InMemoryNotificationPublisherTest extends NotificationPublisherContract {
    private final InMemoryNotificationPublisher notices = new InMemoryNotificationPublisher(InstantSource.fixed(NOW));

    @Override
    protected NotificationPublisher notices() {
        return notices;
    }

    @Override
    protected List<Arrived> arrived() {
        return notices.sent().stream().map(Arrived::of).toList();
    }

    @Override
    protected void refuse(Predicate<Arrived> chosen) {
        notices.refuse(chosen);
    }

    @Override
    protected void goDown() {
        notices.refuse(_ -> true);
    }

    @Override
    protected void accept() {
        notices.refuse(_ -> false);
    }
}
