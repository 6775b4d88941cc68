package dev.serverbackup.notification.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.eventbridge.BusEvent;
import dev.serverbackup.local.eventbridge.EntryError;
import dev.serverbackup.local.eventbridge.EventBus;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.http.Call;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.notification.NotificationPublisherContract;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** NotificationPublisher by the real SDK client, on the local event bus. */
class EventBridgeNotificationPublisherIT extends NotificationPublisherContract {
    private static final CallPattern PUT = CallPattern.of("PutEvents");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventBus bus = new EventBus(InstantSource.system());

    @AutoClose
    private final LocalAws aws = LocalAws.started(Fleet.of(), InstantSource.system(), bus);

    @AutoClose
    private final EventBridgeClient client = Clients.eventBridge(aws.endpoint());

    private final NotificationPublisher notifications =
            new EventBridgeNotificationPublisher(client, "operations", "server-backup", InstantSource.fixed(NOW));

    @Override
    protected NotificationPublisher notifications() {
        return notifications;
    }

    @Override
    protected List<Arrived> arrived() {
        return bus.events().stream()
                .map(EventBridgeNotificationPublisherIT::arrived)
                .toList();
    }

    @Override
    protected void refuse(Predicate<Arrived> chosen) {
        bus.refuse(event -> chosen.test(arrived(event)), EntryError.THROTTLING);
    }

    @Override
    protected void goDown() {
        aws.faults().always(PUT, Fault.unavailable());
    }

    @Override
    protected void accept() {
        bus.acceptAll();
        aws.faults().clear();
    }

    private static Arrived arrived(BusEvent event) {
        Map<String, Object> detail = JSON.convertValue(event.parsedDetail(), new TypeReference<>() {});
        assertThat(detail.remove("stack")).isEqualTo("server-backup");
        return new Arrived(event.detailType(), detail);
    }

    @Test
    void a_call_takes_ten_which_come_from_us_on_the_bus_that_was_named() {
        notifications.send(notifications(25), LATER);

        assertThat(aws.calls().matching(PUT))
                .extracting(EventBridgeNotificationPublisherIT::entries)
                .containsExactly(10, 10, 5);
        assertThat(bus.events()).first().satisfies(event -> {
            assertThat(event.source()).isEqualTo("server-backup");
            assertThat(event.bus()).isEqualTo("operations");
        });
    }

    static Stream<Fault> faults() {
        return Stream.of(Fault.throttled(), new Fault.Unreadable());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void after_a_call_that_was_throttled_or_whose_answer_cannot_be_read_there_is_no_other(Fault fault) {
        aws.faults().next(1, PUT, fault);

        assertThat(notifications.send(notifications(25), LATER)).isEmpty();

        assertThat(aws.calls().matching(PUT)).hasSize(1);
    }

    private static int entries(Call call) {
        return call.input().get("Entries").size();
    }

    @Test
    void after_a_call_without_an_answer_there_is_no_other() {
        aws.faults().nth(2, PUT, new Fault.LoseAnswer());

        assertThat(notifications.send(notifications(25), LATER))
                .containsExactlyInAnyOrderElementsOf(
                        notifications(10).stream().map(Notification::id).toList());

        assertThat(aws.calls().matching(PUT)).hasSize(2);
    }
}
