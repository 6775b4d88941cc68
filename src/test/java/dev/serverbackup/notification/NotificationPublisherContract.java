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

/** What every way of sending notices keeps to. Its clock stands at two o'clock; each test begins with nothing sent. */
public abstract class NotificationPublisherContract {
    protected static final Instant NOW = Samples.TWO_O_CLOCK;
    protected static final Instant LATER = NOW.plusSeconds(60);

    protected abstract NotificationPublisher notices();

    /** What has arrived, in its order. */
    protected abstract List<Arrived> arrived();

    /** From now on those notices are refused, each by itself. */
    protected abstract void refuse(Predicate<Arrived> chosen);

    /** From now on nobody answers. */
    protected abstract void goDown();

    protected abstract void accept();

    /** A notice as its receiver sees it. */
    public record Arrived(String detailType, Map<String, Object> detail) {
        public static Arrived of(Notification notice) {
            return new Arrived(notice.kind().detailType(), notice.detail());
        }

        boolean is(String id) {
            return id.equals(detail.get("noticeId"));
        }
    }

    protected static Notification notice(String id) {
        return new Notification(id, Kind.BACKUP_FINISHED, new TreeMap<>(Map.of("noticeId", id)));
    }

    protected static List<Notification> notices(int many) {
        return IntStream.range(0, many).mapToObj(i -> notice("notice-" + i)).toList();
    }

    protected static Notification saying(String text) {
        return new Notification("n", Kind.RUN_FINISHED, new TreeMap<>(Map.of("noticeId", "n", "text", text)));
    }

    private static List<String> ids(List<Notification> notices) {
        return notices.stream().map(Notification::id).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 11, 25, 100})
    void each_of_many_arrives_in_its_order_and_is_accepted(int many) {
        List<Notification> sent = notices(many);

        assertThat(notices().send(sent, LATER)).containsExactlyInAnyOrderElementsOf(ids(sent));

        assertThat(arrived()).isEqualTo(sent.stream().map(Arrived::of).toList());
    }

    @Test
    void to_send_nothing_is_nothing() {
        assertThat(notices().send(List.of(), LATER)).isEmpty();

        assertThat(arrived()).isEmpty();
    }

    @Test
    void each_kind_arrives_under_its_own_name() {
        notices()
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
        Notification notice = new Notification(
                "n", Kind.BACKUP_FINISHED, new TreeMap<>(Map.of("attempts", 3, "error", part, "noticeId", "n")));

        notices().send(List.of(notice), LATER);

        assertThat(arrived()).containsExactly(Arrived.of(notice));
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
        notices().send(List.of(saying(text)), LATER);

        assertThat(arrived()).containsExactly(Arrived.of(saying(text)));
    }

    @Test
    void of_many_some_are_refused_and_only_the_others_accepted() {
        refuse(arrived -> arrived.is("notice-0") || arrived.is("notice-12"));
        List<Notification> sent = notices(25);

        List<String> expected = ids(sent).stream()
                .filter(id -> !id.equals("notice-0") && !id.equals("notice-12"))
                .toList();
        assertThat(notices().send(sent, LATER)).containsExactlyInAnyOrderElementsOf(expected);

        assertThat(arrived()).hasSize(23);
    }

    @Test
    void what_was_refused_can_be_sent_again() {
        refuse(_ -> true);
        assertThat(notices().send(notices(1), LATER)).isEmpty();
        accept();

        assertThat(notices().send(notices(1), LATER)).containsExactly("notice-0");
    }

    @Test
    void where_nobody_answers_nothing_is_accepted_and_nothing_thrown() {
        goDown();

        assertThat(notices().send(notices(3), LATER)).isEmpty();

        accept();
        assertThat(notices().send(notices(3), LATER)).hasSize(3);
    }

    @Test
    void nothing_is_sent_when_it_is_too_late() {
        assertThat(Stream.of(NOW, NOW.minusSeconds(60)).map(late -> notices().send(notices(1), late)))
                .allMatch(Set::isEmpty);

        assertThat(arrived()).isEmpty();
    }
}
