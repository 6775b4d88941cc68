package dev.serverbackup.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.WebPages;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The daily rule of {@code template.yaml}. A POST to {@code /schedule} sets what happens to its next event.
 * Thread-safe.
 */
final class DailyRule implements WebPages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final String region;
    private final String account;
    private final LocalTime time;
    private Instant nextSlot;
    private Fate next = Fate.IN_TIME;

    /** @param time in UTC */
    DailyRule(String stack, String region, String account, LocalTime time, Instant now) {
        this.name = stack + "-schedule";
        this.region = region;
        this.account = account;
        this.time = time;
        nextSlot = slotAfter(now);
    }

    /** What happens to an event. */
    enum Fate {
        IN_TIME("in time"),
        LOST("never"),
        LATE("an hour late"),
        TWICE("twice");

        private final String words;

        Fate(String words) {
            this.words = words;
        }
    }

    /** @param event as JSON */
    record Firing(String event, Fate fate) {}

    /** When it fires, as EventBridge reads it. */
    String expression() {
        return "cron(%d %d * * ? *)".formatted(time.getMinute(), time.getHour());
    }

    /** The events since the last call. */
    synchronized List<Firing> due(Instant now) {
        List<Firing> due = new ArrayList<>();
        while (!nextSlot.isAfter(now)) {
            due.add(new Firing(event(nextSlot).toString(), next));
            next = Fate.IN_TIME;
            nextSlot = slotAfter(nextSlot);
        }
        return due;
    }

    private ObjectNode event(Instant slot) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.events")
                .put("account", account)
                .put("time", slot.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", region);
        event.putArray("resources").add("arn:aws:events:%s:%s:rule/%s".formatted(region, account, name));
        event.putObject("detail");
        return event;
    }

    private Instant slotAfter(Instant instant) {
        Instant today = instant.atOffset(ZoneOffset.UTC).with(time).toInstant();
        return today.isAfter(instant) ? today : today.plus(1, ChronoUnit.DAYS);
    }

    @Override
    public Optional<Shown> at(String path) {
        return path.equals("/schedule.json") ? Optional.of(shown(200, state())) : Optional.empty();
    }

    @Override
    public Optional<Shown> posted(Post post) {
        return post.path().equals("/schedule") ? Optional.of(told(post.body())) : Optional.empty();
    }

    private synchronized Shown told(String body) {
        Optional<Fate> asked = fate(body);
        asked.ifPresent(fate -> next = fate);
        return asked.isPresent()
                ? shown(200, state())
                : shown(400, JsonNodeFactory.instance.objectNode().put("error", "An event does not come like that."));
    }

    private static Optional<Fate> fate(String body) {
        try {
            String words = JSON.readTree(body).path("next").asText();
            return Stream.of(Fate.values())
                    .filter(fate -> fate.words.equals(words))
                    .findFirst();
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    private synchronized ObjectNode state() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("nextSlot", nextSlot.toString())
                .put("next", next.words);
        var kinds = json.putArray("kinds");
        Stream.of(Fate.values()).forEach(fate -> kinds.add(fate.words));
        return json;
    }

    private static Shown shown(int status, ObjectNode json) {
        return new Shown(status, "application/json", Map.of(), json.toString());
    }
}
