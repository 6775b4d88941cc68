package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which servers a tag kept out, since when: from whole runs, which are given in their order. */
final class Exclusions {
    private final Map<String, Excluded> servers = new TreeMap<>();

    /**
     * A server that is kept out.
     *
     * @param since the first run without it, after the last one with it
     * @param last the last run without it
     * @param runs how many they are
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

    /** One more run. One that has the server as a target ends its exclusion. */
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
