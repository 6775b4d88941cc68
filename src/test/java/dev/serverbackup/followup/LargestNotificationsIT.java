package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.eventbridge.EventBus;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.eventbridge.EventBridgeNotificationPublisher;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten notifications as large as they can be fit one call: otherwise they would be refused at every pass. */
class LargestNotificationsIT {
    /** The longest that the tagging API answers. */
    private static final String ARN = "arn:aws:opsworks-cm:eu-west-1:123456789012:server/".concat("x".repeat(961));

    /** As JSON, a control character takes six bytes: no character takes more. */
    private static final BackupError ERROR = BackupError.known(new ErrorType("E".repeat(100)), "\0".repeat(10_000));

    /** A tag's value has at most 256 characters; how many bytes each takes is not said. */
    private static final String TITLE = "\u20ac".repeat(256);

    private static Notification largest(int number) {
        ServerName name = new ServerName("s".repeat(39) + number);
        Entry pending = Entry.pending(
                new RunId("r".repeat(100)),
                BackupBackend.OPSWORKS_CM,
                new Server(name, Optional.of(ARN), Map.of("Name", TITLE)),
                TWO_O_CLOCK.plusMillis(1));
        Backup accepted = Backup.of(Map.of(Backup.ID, "b".repeat(79)));
        return NotificationMapper.of(pending.claimed(FIRST, TWO_O_CLOCK)
                .started(accepted, TWO_O_CLOCK.plusMillis(1))
                .failed(ERROR, TWO_O_CLOCK.plusMillis(1)));
    }

    @Test
    void ten_of_the_largest_notifications_fit_one_call_with_a_third_to_spare() {
        EventBus bus = new EventBus(InstantSource.system());
        try (LocalAws aws = LocalAws.started(Fleet.of(), InstantSource.system(), bus);
                var client = Clients.eventBridge(aws.endpoint())) {
            List<Notification> ten = IntStream.range(0, 10)
                    .mapToObj(LargestNotificationsIT::largest)
                    .toList();

            var accepted = new EventBridgeNotificationPublisher(
                            client, "default", "server-backup", InstantSource.fixed(TWO_O_CLOCK))
                    .send(ten, TWO_O_CLOCK.plusSeconds(1));

            assertThat(accepted).hasSize(10);
            assertThat(bus.events())
                    .allSatisfy(event ->
                            assertThat(event.detail()).hasSizeBetween(12_000, EventBus.LARGEST_CALL / 10 * 2 / 3));
        }
    }
}
