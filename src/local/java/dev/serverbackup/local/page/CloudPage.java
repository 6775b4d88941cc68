package dev.serverbackup.local.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.eventbridge.EventBus;
import dev.serverbackup.local.http.WebPages;
import dev.serverbackup.local.systemsmanager.RunCommand;
import java.util.Optional;

/** The instances, and the events on the bus, for the page. */
public final class CloudPage implements WebPages {

    private static final int MOST_EVENTS = 100;

    private final EventBus bus;
    private final RunCommand commands;

    public CloudPage(EventBus bus, RunCommand commands) {
        this.bus = bus;
        this.commands = commands;
    }

    @Override
    public Optional<Shown> at(String path) {
        return switch (path) {
            case "/instances.json" ->
                Optional.of(new Shown("application/json", instances().toString()));
            case "/notifications.json" ->
                Optional.of(new Shown("application/json", notifications().toString()));
            // Where there is a schedule, its own page answers.
            case "/schedule.json" -> Optional.of(new Shown("application/json", "{}"));
            default -> Optional.empty();
        };
    }

    private ObjectNode instances() {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("instances");
        for (var one : commands.instances()) {
            var tags = list.addObject()
                    .put("id", one.id())
                    .put("standing", one.standing().name())
                    .putObject("tags");
            one.tags().forEach(tags::put);
        }
        return json;
    }

    private ObjectNode notifications() {
        var json = JsonNodeFactory.instance.objectNode();
        var events = bus.events();
        var list = json.put("count", events.size()).putArray("notifications");
        events.reversed().stream().limit(MOST_EVENTS).forEach(event -> {
            var detail = event.parsedDetail();
            var id =
                    event.resources().isEmpty() ? event.id() : event.resources().getFirst();
            list.addObject()
                    .put("time", event.time().toString())
                    .put("detailType", event.detailType())
                    .put("id", detail.path("notificationId").asText(id))
                    .put("status", detail.path("status").asText(""));
        });
        return json;
    }
}
