package dev.serverbackup.local.opsworkscm.sequence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the documents say becomes of servers and backups, in the fewest words: mutable, unpaged, without wire or clock.
 */
final class Model {

    static final int MOST_SERVERS = 2;
    static final int MOST_MANUAL = 3;

    /** A server. After {@code until} its state is {@code then}. */
    static final class S {
        final String name;
        final boolean puppet;
        String state = "HEALTHY";
        String then = "HEALTHY";
        Instant until = Instant.MIN;
        int retention = 1;
        TreeSet<String> nodes = new TreeSet<>();
        Map<String, String> tags = new TreeMap<>();

        S(String name, boolean puppet) {
            this.name = name;
            this.puppet = puppet;
        }

        boolean is(String... states) {
            return List.of(states).contains(state);
        }

        boolean isBusy() {
            return is("BACKING_UP", "CREATING", "MODIFYING", "RESTORING", "UNDER_MAINTENANCE");
        }
    }

    /** A backup. {@code gone} is when its deletion ends. */
    static final class B {
        final String id;
        final S of;
        final boolean manual;
        final boolean fails;
        final Instant ends;
        final TreeSet<String> nodes;
        final Map<String, String> tags;
        Instant gone = Instant.MAX;
        String state = "IN_PROGRESS";

        B(String id, S of, boolean manual, boolean fails, Instant ends) {
            this.id = id;
            this.of = of;
            this.manual = manual;
            this.fails = fails;
            this.ends = ends;
            nodes = new TreeSet<>(of.nodes);
            tags = new TreeMap<>(of.tags);
        }
    }

    /** An association, or the contrary. */
    record A(String token, S of, Instant ends, boolean works) {}

    final Map<String, S> servers = new TreeMap<>();
    final List<B> backups = new ArrayList<>();
    final List<A> associations = new ArrayList<>();
    final TreeSet<String> failing = new TreeSet<>();
    Instant now;

    Model(Instant now) {
        this.now = now;
    }

    /** One end after the other, in their order. */
    void pass(Duration duration) {
        var target = now.plus(duration);
        for (var next = nextEnd(target); next.isBefore(Instant.MAX); next = nextEnd(target)) {
            now = next;
            backups.removeIf(backup -> !backup.gone.isAfter(now));
            List.copyOf(backups).forEach(this::end);
            List.copyOf(servers.values()).forEach(this::end);
        }
        now = target;
    }

    void begin(S server, String state, Duration takes, String then) {
        server.state = state;
        server.until = now.plus(takes);
        server.then = then;
    }

    void delete(B backup) {
        backup.gone = now.plus(Duration.ofSeconds(5));
        backup.state = "DELETING";
    }

    private Instant nextEnd(Instant target) {
        var ends = Stream.concat(
                servers.values().stream().map(server -> server.until),
                backups.stream().flatMap(backup -> Stream.of(backup.ends, backup.gone)));
        return ends.filter(end -> end.isAfter(now) && !end.isAfter(target))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private void end(B backup) {
        if (!backup.ends.equals(now) || !backup.state.equals("IN_PROGRESS")) {
            return;
        }
        backup.state = backup.fails ? "FAILED" : "OK";
        if (!backup.manual && servers.get(backup.of.name) == backup.of) {
            automated(backup.of, "OK").skip(backup.of.retention).forEach(this::delete);
            automated(backup.of, "FAILED").skip(1).forEach(this::delete);
        }
    }

    private Stream<B> automated(S server, String state) {
        return List.copyOf(backups).reversed().stream()
                .filter(backup -> backup.of == server && !backup.manual && backup.state.equals(state));
    }

    private void end(S server) {
        if (!server.until.equals(now)) {
            return;
        }
        if (server.is("DELETING")) {
            servers.remove(server.name);
            backups.removeIf(backup -> backup.of == server && !backup.manual);
        }
        server.state = server.then;
    }
}
