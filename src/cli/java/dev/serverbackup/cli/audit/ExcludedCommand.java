package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Question;
import dev.serverbackup.cli.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Who is held back since when. */
@Command(
        name = "excluded",
        description =
                "The servers that a tag kept out of the runs of the last seven days, and since which run without a"
                        + " break.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup excluded --stack server-backup --since 2026-10-01")
public final class ExcludedCommand extends Question {
    private static final int MOST_RUNS = 1_000;

    @Mixin
    private PeriodOptions period;

    /** A server that is kept out. */
    private record Excluded(String server, String reason, String since, String last, int runs, boolean now) {}

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        Period days = period.days(audit.clock().instant());
        Rows runs = audit.whole(audit.runs(days, MOST_RUNS));
        List<Excluded> excluded = excluded(runs.items());
        List<String> notes = new ArrayList<>();
        if (excluded.isEmpty()) {
            notes.add("No server was excluded from the %d runs requested %s (%s)."
                    .formatted(runs.items().size(), days, deployment));
        }
        if (runs.more()) {
            notes.add("Only the first %d runs of the period were read.".formatted(MOST_RUNS));
        }
        List<Table.Column<Excluded>> columns = List.of(
                new Table.Column<>("SERVER", Excluded::server),
                new Table.Column<>("SINCE", Excluded::since),
                new Table.Column<>("LAST", Excluded::last),
                new Table.Column<>("RUNS", one -> String.valueOf(one.runs())),
                new Table.Column<>("STILL", one -> one.now() ? "yes" : "no"),
                new Table.Column<>("REASON", Excluded::reason));
        return new Findings(List.of(), Table.of(columns, excluded), notes, Map.of("excluded", excluded), false);
    }

    /** From the runs in their order: a run that has the server as a target ends its exclusion. */
    private static List<Excluded> excluded(List<Item> runs) {
        Map<String, Excluded> excluded = new TreeMap<>();
        for (Item run : runs) {
            String at = run.shown("requestedAt");
            Map<String, String> reasons = new LinkedHashMap<>(run.reasons("excluded", "name"));
            reasons.forEach((server, reason) ->
                    excluded.merge(server, new Excluded(server, reason, at, at, 1, true), ExcludedCommand::goOn));
            run.names("targets")
                    .forEach(server -> excluded.computeIfPresent(
                            server,
                            (_, before) -> new Excluded(
                                    server, before.reason(), before.since(), before.last(), before.runs(), false)));
        }
        return List.copyOf(excluded.values());
    }

    private static Excluded goOn(Excluded before, Excluded next) {
        return before.now()
                ? new Excluded(before.server(), next.reason(), before.since(), next.last(), before.runs() + 1, true)
                : next;
    }
}
