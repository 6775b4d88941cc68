package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects which servers a tag excluded, and since when, from whole runs in their order. */
final class Exclusions {
    private final Map<String, Excluded> servers = new TreeMap<>();

    /**
     * An excluded server.
     *
     * @param since when the first run without it was requested, after the last one with it
     * @param last when the last run without it was requested
     * @param runs the number of these runs
     * @param now whether no run has had it as a target since
     */
    record Excluded(String server, String reason, String since, String last, int runs, boolean now) {
        private Excluded goneOn(Excluded next) {
            return now ? new Excluded(server, next.reason(), since, next.last(), runs + 1, true) : next;
        }

        private Excluded ended() {
            return new Excluded(server, reason, since, last, runs, false);
        }
    }

    /** Adds a run. If a server is a target of the run, its exclusion ends. */
    void add(Item run) {
        String at = run.shown("requestedAt");
        run.reasons("excluded", "name")
                .forEach((server, reason) ->
                        servers.merge(server, new Excluded(server, reason, at, at, 1, true), Excluded::goneOn));
        run.names("targets").forEach(server -> servers.computeIfPresent(server, (_, before) -> before.ended()));
    }

    static Table table(List<Excluded> servers) {
        return Table.of(
                List.of(
                        new Table.Column<>("SERVER", Excluded::server),
                        new Table.Column<>("SINCE", Excluded::since),
                        new Table.Column<>("LAST", Excluded::last),
                        new Table.Column<>("RUNS", one -> String.valueOf(one.runs())),
                        new Table.Column<>("STILL", one -> one.now() ? "yes" : "no"),
                        new Table.Column<>("REASON", Excluded::reason)),
                servers);
    }

    /** By name. */
    List<Excluded> servers() {
        return List.copyOf(servers.values());
    }
}
