package dev.serverbackup.notification.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.NotificationPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Publishes notifications as events on an EventBridge bus, at most ten and 256 KB in one call, which {@code PutEvents}
 * accepts in every region. If a call is refused because of its content, its events are sent in two halves, and so on,
 * until the event that the bus refuses is alone.
 */
public final class EventBridgeNotificationPublisher implements NotificationPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(EventBridgeNotificationPublisher.class);
    private static final String SOURCE = "server-backup";
    private static final int MOST_ENTRIES = 10;
    private static final int MOST_BYTES = 256 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    /** Errors about the function's permission or about the bus, whatever the content of the call. */
    private static final Set<ErrorType> NOT_ABOUT_THE_CONTENT =
            Set.of(ErrorType.ACCESS_DENIED, ErrorType.RESOURCE_NOT_FOUND);

    private final EventBridgeClient client;
    private final String bus;
    private final String stack;
    private final InstantSource clock;

    /**
     * @param bus its name or ARN
     * @param stack the name of the stack, which each notification contains, since two stacks may share a bus
     */
    public EventBridgeNotificationPublisher(EventBridgeClient client, String bus, String stack, InstantSource clock) {
        this.client = client;
        this.bus = bus;
        this.stack = stack;
        this.clock = clock;
    }

    @Override
    public Set<String> send(List<Notification> notifications, Instant sendBefore) {
        Set<String> accepted = new HashSet<>();
        Deque<List<Event>> batches =
                batches(notifications.stream().map(this::event).toList());
        boolean goOn = true;
        while (goOn && !batches.isEmpty() && clock.instant().isBefore(sendBefore)) {
            goOn = sendNext(batches, accepted);
        }
        return accepted;
    }

    /** A notification's id, and its event. */
    private record Event(String id, PutEventsRequestEntry entry) {
        /** The size as EventBridge calculates it (user guide, size of an event entry). */
        int bytes() {
            return utf8(entry.source()) + utf8(entry.detailType()) + utf8(entry.detail());
        }

        private static int utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private static Deque<List<Event>> batches(List<Event> events) {
        Deque<List<Event>> batches = new ArrayDeque<>();
        int bytes = 0;
        for (Event event : events) {
            bytes += event.bytes();
            if (batches.isEmpty() || batches.getLast().size() == MOST_ENTRIES || bytes > MOST_BYTES) {
                batches.addLast(new ArrayList<>());
                bytes = event.bytes();
            }
            batches.getLast().add(event);
        }
        return batches;
    }

    /** Returns whether another batch may be sent. */
    private boolean sendNext(Deque<List<Event>> batches, Set<String> accepted) {
        List<Event> batch = batches.removeFirst();
        try {
            accepted.addAll(accepted(batch, client.putEvents(request(batch))));
            return true;
        } catch (SdkException e) {
            boolean aboutTheContent = isAboutTheContent(e);
            if (aboutTheContent && batch.size() > 1) {
                batches.addFirst(batch.subList(batch.size() / 2, batch.size()));
                batches.addFirst(batch.subList(0, batch.size() / 2));
            } else {
                LOG.atWarn()
                        .addKeyValue(
                                "notifications", batch.stream().map(Event::id).toList())
                        .setCause(e)
                        .log("the bus did not accept these notifications; they will be sent again");
            }
            return aboutTheContent;
        }
    }

    private static PutEventsRequest request(List<Event> batch) {
        return PutEventsRequest.builder()
                .entries(batch.stream().map(Event::entry).toList())
                .build();
    }

    /**
     * Some events of a batch may be refused while the others are accepted. The results are in the order of the batch.
     * An event id proves that its event was accepted; a response that contradicts itself proves nothing.
     */
    private static List<String> accepted(List<Event> batch, PutEventsResponse answer) {
        List<PutEventsResultEntry> results = answer.entries();
        List<Event> taken = IntStream.range(0, Math.min(batch.size(), results.size()))
                .filter(i -> isAccepted(results.get(i)))
                .mapToObj(batch::get)
                .toList();
        int refused = batch.size() - taken.size();
        boolean contradictsItself = results.size() != batch.size()
                || (answer.failedEntryCount() != null && answer.failedEntryCount() != refused);
        if (contradictsItself) {
            LOG.atWarn()
                    .addKeyValue("notifications", batch.stream().map(Event::id).toList())
                    .log(
                            "the bus's response contradicts itself: {} results for {} notifications, {} of them"
                                + " without an error, and {} failed; none counts as accepted, all will be sent again",
                            results.size(),
                            batch.size(),
                            taken.size(),
                            answer.failedEntryCount());
            return List.of();
        }
        IntStream.range(0, batch.size())
                .filter(i -> !isAccepted(results.get(i)))
                .forEach(i -> logRefused(batch.get(i), results.get(i)));
        return taken.stream().map(Event::id).toList();
    }

    private static boolean isAccepted(PutEventsResultEntry result) {
        return result.errorCode() == null
                && result.eventId() != null
                && !result.eventId().isBlank();
    }

    private static void logRefused(Event event, PutEventsResultEntry result) {
        LOG.atWarn()
                .addKeyValue("notification", event.id())
                .addKeyValue("errorType", String.valueOf(result.errorCode()))
                .log("the bus refused a notification, which will be sent again: {}", result.errorMessage());
    }

    /** If the bus does not answer, or refuses the caller, it would not accept the next batch either. */
    private static boolean isAboutTheContent(SdkException failure) {
        return failure instanceof AwsServiceException refused
                && (refused.statusCode() == 400 || refused.statusCode() == 413)
                && !refused.isThrottlingException()
                && Optional.ofNullable(refused.awsErrorDetails())
                        .map(AwsErrorDetails::errorCode)
                        .filter(code -> !code.isBlank())
                        .map(ErrorType::new)
                        .filter(type -> type.isAboutCaller() || NOT_ABOUT_THE_CONTENT.contains(type))
                        .isEmpty();
    }

    private Event event(Notification notification) {
        SortedMap<String, Object> detail = new TreeMap<>(notification.detail());
        detail.put("stack", stack);
        return new Event(
                notification.id(),
                PutEventsRequestEntry.builder()
                        .eventBusName(bus)
                        .source(SOURCE)
                        .detailType(notification.kind().detailType())
                        .detail(json(detail))
                        .build());
    }

    private static String json(Map<String, Object> detail) {
        try {
            return JSON.writeValueAsString(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a notification holds texts, numbers and flags", e);
        }
    }
}
