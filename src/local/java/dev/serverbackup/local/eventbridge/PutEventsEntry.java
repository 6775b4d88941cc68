package dev.serverbackup.local.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.http.Range;
import dev.serverbackup.local.http.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a PutEvents call. What the API's model demands of it has been checked; what only the service demands has
 * not: an entry that lacks its source is refused by itself, not the whole call.
 *
 * @param timed whether it said a time, which counts towards its size
 */
record PutEventsEntry(
        Optional<String> bus,
        Optional<String> source,
        Optional<String> detailType,
        Optional<String> detail,
        List<String> resources,
        boolean timed) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Text ANYTHING = Text.of(0, Integer.MAX_VALUE);
    private static final Text BUS = Text.of(1, 1600)
            .matching("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus/)?[/.\\-_A-Za-z0-9]+");
    private static final int SIZE_OF_A_TIME = 14;

    static PutEventsEntry read(InputReader entry) {
        return new PutEventsEntry(
                entry.optional("EventBusName", BUS),
                entry.optional("Source", ANYTHING),
                entry.optional("DetailType", ANYTHING),
                entry.optional("Detail", ANYTHING),
                entry.texts("Resources", Range.atLeast(0), ANYTHING),
                entry.has("Time"));
    }

    /** In bytes, as the user guide says to count them. */
    int size() {
        return (timed ? SIZE_OF_A_TIME : 0)
                + bytes(source.orElse(""))
                + bytes(detailType.orElse(""))
                + bytes(detail.orElse(""))
                + resources.stream().mapToInt(PutEventsEntry::bytes).sum();
    }

    /** What the service holds against it, if anything. */
    Optional<EntryError> error() {
        if (blank(source)) {
            return Optional.of(EntryError.missing("Source"));
        }
        if (blank(detailType)) {
            return Optional.of(EntryError.missing("DetailType"));
        }
        if (blank(detail)) {
            return Optional.of(EntryError.missing("Detail"));
        }
        if (source.orElseThrow().startsWith("aws.")) {
            return Optional.of(EntryError.FOREIGN_SOURCE);
        }
        return parsed().isPresent() ? Optional.empty() : Optional.of(EntryError.MALFORMED_DETAIL);
    }

    /** Only of an entry without an {@link #error}. */
    BusEvent event(String id, Instant time) {
        return new BusEvent(
                id,
                time,
                bus.orElse("default"),
                source.orElseThrow(),
                detailType.orElseThrow(),
                resources,
                detail.orElseThrow(),
                parsed().orElseThrow());
    }

    private Optional<ObjectNode> parsed() {
        try {
            return JSON.readTree(detail.orElseThrow()) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    private static boolean blank(Optional<String> text) {
        return text.filter(present -> !present.isBlank()).isEmpty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
