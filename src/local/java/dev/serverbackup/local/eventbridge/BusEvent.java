package dev.serverbackup.local.eventbridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An event that a bus accepted.
 *
 * @param time when it came
 * @param bus its name or ARN, as the entry said it
 * @param detail the text as it was sent
 * @param parsedDetail the same as JSON
 */
public record BusEvent(
        String id,
        Instant time,
        String bus,
        String source,
        String detailType,
        List<String> resources,
        String detail,
        ObjectNode parsedDetail) {

    public BusEvent {
        resources = List.copyOf(resources);
    }

    /** The whole event, as a rule's pattern and its targets see it. */
    public ObjectNode envelope(String account, String region) {
        var envelope = JsonNodeFactory.instance
                .objectNode()
                .put("version", "0")
                .put("id", id)
                .put("detail-type", detailType)
                .put("source", source)
                .put("account", account)
                .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", region);
        var list = envelope.putArray("resources");
        resources.forEach(list::add);
        return envelope.set("detail", parsedDetail.deepCopy());
    }
}
