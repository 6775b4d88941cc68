package dev.serverbackup.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Samples;
import dev.serverbackup.notification.Notification.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every way of sending notifications keeps to. Its clock stands at two o'clock; each test begins with nothing sent.
 */
public abstract class NotificationPublisherContract {
    protected static final Instant NOW = Samples.TWO_O_CLOCK;
    protected static final Instant LATER = NOW.plusSeconds(60);

    protected abstract NotificationPublisher notifications();

    /** What has arrived, in its order. */
    protected abstract List<Arrived> arrived();

    /** From now on those notifications are refused, each by itself. */
    protected abstract void refuse(Predicate<Arrived> chosen);

    /** From now on nobody answers. */
    protected abstract void goDown();

    protected abstract void accept();

    /** A notification as its receiver sees it. */
    public record Arrived(String detailType, Map<String, Object> detail) {
        public static Arrived of(Notification notification) {
            return new Arrived(notification.kind().detailType(), notification.detail());
        }

        boolean is(String id) {
            return id.equals(detail.get("notificationId"));
        }
    }

    protected static Notification notification(String id) {
        return new Notification(id, Kind.BACKUP_FINISHED, new TreeMap<>(Map.of("notificationId", id)));
    }

    protected static List<Notification> notifications(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> notification("notification-" + i))
                .toList();
    }

    protected static Notification saying(String text) {
        return new Notification("n", Kind.RUN_FINISHED, new TreeMap<>(Map.of("notificationId", "n", "text", text)));
    }

    private static List<String> ids(List<Notification> notifications) {
        return notifications.stream().map(Notification::id).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 11, 25, 100})
    void each_of_many_arrives_in_its_order_and_is_accepted(int many) {
        List<Notification> sent = notifications(many);

        assertThat(notifications().send(sent, LATER)).containsExactlyInAnyOrderElementsOf(ids(sent));

        assertThat(arrived()).isEqualTo(sent.stream().map(Arrived::of).toList());
    }

    @Test
    void each_kind_arrives_under_its_own_name() {
        notifications()
                .send(
                        List.of(
                                new Notification("a", Kind.BACKUP_FINISHED, new TreeMap<>()),
                                new Notification("b", Kind.RUN_FINISHED, new TreeMap<>())),
                        LATER);

        assertThat(arrived())
                .extracting(Arrived::detailType)
                .containsExactly("Server Backup Finished", "Server Backup Run Finished");
    }

    @Test
    void a_detail_arrives_with_its_numbers_truth_values_and_parts() {
        Map<String, Object> part = new TreeMap<>(Map.of("effectUnknown", true, "type", "BackupFailed"));
        Notification notification = new Notification(
                "n", Kind.BACKUP_FINISHED, new TreeMap<>(Map.of("attempts", 3, "error", part, "notificationId", "n")));

        notifications().send(List.of(notification), LATER);

        assertThat(arrived()).containsExactly(Arrived.of(notification));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"quoted\" and \\ back",
                "grüezi 😀 日本語",
                "\0\u0001\b\t\n\f\r\u001f\u007f",
                "\u2028\u202e\ufeff"
            })
    void text_arrives_as_it_was(String text) {
        notifications().send(List.of(saying(text)), LATER);

        assertThat(arrived()).containsExactly(Arrived.of(saying(text)));
    }

    @Test
    void of_many_some_are_refused_and_only_the_others_accepted() {
        refuse(arrived -> arrived.is("notification-0") || arrived.is("notification-12"));
        List<Notification> sent = notifications(25);

        List<String> expected = ids(sent).stream()
                .filter(id -> !id.equals("notification-0") && !id.equals("notification-12"))
                .toList();
        assertThat(notifications().send(sent, LATER)).containsExactlyInAnyOrderElementsOf(expected);

        assertThat(arrived()).hasSize(23);
        accept();
        assertThat(notifications().send(notifications(1), LATER))
                .as("sent again")
                .containsExactly("notification-0");
    }

    @Test
    void where_nobody_answers_nothing_is_accepted_and_nothing_thrown() {
        goDown();

        assertThat(notifications().send(notifications(3), LATER)).isEmpty();

        accept();
        assertThat(notifications().send(notifications(3), LATER)).hasSize(3);
    }

    @Test
    void nothing_is_sent_when_it_is_too_late() {
        assertThat(Stream.of(NOW, NOW.minusSeconds(60))
                        .map(late -> notifications().send(notifications(1), late)))
                .allMatch(Set::isEmpty);

        assertThat(arrived()).isEmpty();
    }
}
