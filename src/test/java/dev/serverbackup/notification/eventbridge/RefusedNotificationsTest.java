package dev.serverbackup.notification.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.Notification.Kind;
import dev.serverbackup.run.LogCapture;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** What a bus that refuses whole calls, or answers nonsense, makes of notifications. */
@Execution(ExecutionMode.SAME_THREAD)
class RefusedNotificationsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");

    private final EventBridgeClient client = mock(EventBridgeClient.class);
    private final EventBridgeNotificationPublisher notifications =
            new EventBridgeNotificationPublisher(client, "operations", "server-backup", InstantSource.fixed(NOW));
    private final List<List<PutEventsRequestEntry>> calls = new ArrayList<>();

    @BeforeEach
    void accept_all() {
        answer(accepted -> accepted);
    }

    private static Set<String> ids(int... numbers) {
        return IntStream.of(numbers).mapToObj(i -> "notification-" + i).collect(Collectors.toSet());
    }

    private static List<Notification> notifications(int many) {
        return IntStream.range(0, many).mapToObj(i -> saying(i, "")).toList();
    }

    private static Notification saying(int number, String text) {
        String id = "notification-" + number;
        return new Notification(id, Kind.BACKUP_FINISHED, new TreeMap<>(Map.of("notificationId", id, "text", text)));
    }

    private Set<String> send(List<Notification> sent) {
        return notifications.send(sent, NOW.plusSeconds(60));
    }

    /** What the bus answers to a call that it would accept as a whole. */
    private void answer(UnaryOperator<PutEventsResponse> answer) {
        givenEach(_ -> {}, answer);
    }

    private void refuse(int status, String code, Set<String> refused) {
        givenEach(
                call -> {
                    if (call.stream().anyMatch(entry -> refused.contains(id(entry)))) {
                        throw EventBridgeException.builder()
                                .statusCode(status)
                                .awsErrorDetails(AwsErrorDetails.builder()
                                        .errorCode(code)
                                        .errorMessage("no")
                                        .build())
                                .build();
                    }
                },
                accepted -> accepted);
    }

    private void givenEach(Consumer<List<PutEventsRequestEntry>> judge, UnaryOperator<PutEventsResponse> answer) {
        doAnswer(call -> {
                    PutEventsRequest request = call.getArgument(0);
                    calls.add(request.entries());
                    judge.accept(request.entries());
                    return answer.apply(acceptedAsAWhole(request));
                })
                .when(client)
                .putEvents(any(PutEventsRequest.class));
    }

    private static PutEventsResponse acceptedAsAWhole(PutEventsRequest request) {
        return PutEventsResponse.builder()
                .failedEntryCount(0)
                .entries(request.entries().stream()
                        .map(entry -> PutEventsResultEntry.builder()
                                .eventId("of " + id(entry))
                                .build())
                        .toList())
                .build();
    }

    private static String id(PutEventsRequestEntry entry) {
        return entry.detail().replaceAll(".*\"notificationId\":\"([^\"]*)\".*", "$1");
    }

    @ParameterizedTest
    @CsvSource({"400, ValidationException", "413, RequestEntityTooLargeException", "413,", "400,"})
    void one_notification_that_the_bus_refuses_holds_up_none_of_the_nine_beside_it(int status, String code) {
        refuse(status, code, ids(3));

        assertThat(send(notifications(12))).isEqualTo(ids(0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11));
    }

    @Test
    void a_call_is_halved_until_what_is_refused_stands_alone_and_is_named_in_the_log() {
        refuse(400, "ValidationException", ids(0));

        try (LogCapture log = new LogCapture(EventBridgeNotificationPublisher.class)) {
            send(notifications(10));

            assertThat(log.values(Level.WARN, "notifications")).containsExactly("[notification-0]");
        }
        assertThat(calls).extracting(List::size).containsExactly(10, 5, 2, 1, 1, 3, 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccessDeniedException",
                "ResourceNotFoundException",
                "ExpiredTokenException",
                "RequestTimeTooSkewed",
                "SignatureDoesNotMatch"
            })
    void a_bus_that_refuses_the_caller_is_asked_once(String code) {
        refuse(400, code, ids(3));

        assertThat(send(notifications(25))).isEmpty();

        assertThat(calls).hasSize(1);
    }

    static Stream<Arguments> contradictions() {
        PutEventsResultEntry withoutId = PutEventsResultEntry.builder().build();
        return Stream.of(
                contradiction("more failures counted than named", answer -> answer.failedEntryCount(1)),
                contradiction(
                        "fewer results than notifications",
                        answer -> answer.entries(answer.build().entries().subList(1, 3))),
                contradiction(
                        "results without an event id",
                        answer -> answer.failedEntryCount(null).entries(withoutId, withoutId, withoutId)));
    }

    private static Arguments contradiction(String what, UnaryOperator<PutEventsResponse.Builder> change) {
        return arguments(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void an_answer_that_contradicts_itself_accepts_nothing(
            String what, UnaryOperator<PutEventsResponse.Builder> change) {
        answer(accepted -> change.apply(accepted.toBuilder()).build());

        assertThat(send(notifications(3))).as(what).isEmpty();
    }

    @Test
    void a_call_has_at_most_256_KB_in_UTF_8() {
        String ninetyKilobytes = "\u20ac".repeat(30 * 1024);

        assertThat(send(IntStream.range(0, 5)
                        .mapToObj(i -> saying(i, ninetyKilobytes))
                        .toList()))
                .hasSize(5);

        assertThat(calls).extracting(List::size).containsExactly(2, 2, 1);
    }

    @Test
    void a_notification_that_is_larger_than_a_call_is_left_to_the_bus_alone() {
        List<Notification> sent = List.of(saying(0, ""), saying(1, "x".repeat(300_000)), saying(2, ""));

        assertThat(send(sent)).isEqualTo(ids(0, 1, 2));

        assertThat(calls).extracting(List::size).containsExactly(1, 1, 1);
    }
}
