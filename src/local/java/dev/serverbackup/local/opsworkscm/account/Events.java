package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What happened to the servers, the newest thousand events of each. Guarded by the account's monitor. */
final class Events {

    private static final int MOST = 1_000;

    private final Map<String, Deque<ServerEvent>> byServer = new HashMap<>();
    private long count;

    void add(Instant at, String serverName, String message, String logUrl) {
        keep(new ServerEvent(count + 1, at, serverName, message, logUrl));
    }

    /** Takes over an event of an earlier life. */
    void keep(ServerEvent event) {
        var events = byServer.computeIfAbsent(event.serverName(), name -> new ArrayDeque<>());
        events.addFirst(event);
        if (events.size() > MOST) {
            events.removeLast();
        }
        count = Math.max(count, event.number());
    }

    /** Newest first. */
    List<ServerEvent> of(String serverName) {
        return List.copyOf(byServer.getOrDefault(serverName, new ArrayDeque<>()));
    }

    void forget(String serverName) {
        byServer.remove(serverName);
    }

    /** All, each server's oldest first. */
    List<ServerEvent> all() {
        return byServer.values().stream()
                .flatMap(Collection::stream)
                .sorted((one, other) -> Long.compare(one.number(), other.number()))
                .toList();
    }
}
