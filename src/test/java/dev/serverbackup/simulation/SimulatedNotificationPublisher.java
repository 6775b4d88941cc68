package dev.serverbackup.simulation;

import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One worker's way to the event bus, which refuses some or all, or whose answer is lost. */
final class SimulatedNotificationPublisher implements NotificationPublisher {
    private final FollowUpTable open;
    private final NotificationInvariants invariants;
    private final Worker worker;

    SimulatedNotificationPublisher(FollowUpTable open, NotificationInvariants invariants, Worker worker) {
        this.open = open;
        this.invariants = invariants;
        this.worker = worker;
    }

    @Override
    public Set<String> send(List<Notification> notifications, Instant sendBefore) {
        return worker.step(
                "tell of " + notifications.stream().map(Notification::id).toList(), () -> {
                    if (!worker.instant().isBefore(sendBefore)) {
                        return Set.of();
                    }
                    boolean trouble =
                            worker.faults().happens(worker.faults().mood().deafBus());
                    boolean answerLost = trouble && worker.faults().happens(0.4);
                    boolean refusesAll =
                            trouble && !answerLost && worker.faults().happens(0.5);
                    Set<String> accepted = new HashSet<>();
                    for (Notification notification : notifications) {
                        boolean refused = refusesAll
                                || (trouble && !answerLost && worker.faults().happens(0.5));
                        if (!refused) {
                            invariants.accepted(
                                    notification,
                                    open.leftAt(NotificationInvariants.key(notification)),
                                    worker.begun());
                            worker.count(Tried.NOTIFICATION);
                            accepted.add(notification.id());
                        }
                    }
                    if (trouble) {
                        worker.count(answerLost ? Tried.NOTIFICATION_UNANSWERED : Tried.NOTIFICATION_REFUSED);
                    }
                    return answerLost ? Set.of() : accepted;
                });
    }
}
