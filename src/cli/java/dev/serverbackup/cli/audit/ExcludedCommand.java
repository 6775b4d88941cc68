package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.ResultCommand;
import dev.serverbackup.cli.audit.Exclusions.Excluded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows which servers are excluded, and since when. */
@Command(
        name = "excluded",
        description =
                "The servers that a tag excluded from the runs of the last seven days, and since which run without a"
                        + " break.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup excluded --stack server-backup --since 2026-10-01")
public final class ExcludedCommand extends ResultCommand {
    private static final int MOST_RUNS = 1_000;

    @Mixin
    private PeriodOptions period;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        Period days = period.days(audit.clock().instant());
        Rows runs = audit.whole(audit.runs(days, MOST_RUNS));
        Exclusions exclusions = new Exclusions();
        runs.items().forEach(exclusions::add);
        List<Excluded> excluded = exclusions.servers();
        List<String> notes = new ArrayList<>();
        if (excluded.isEmpty()) {
            notes.add("No server was excluded from the %d runs requested %s (%s)."
                    .formatted(runs.items().size(), days, deployment));
        }
        if (runs.more()) {
            notes.add("Only the first %d runs of the period were read.".formatted(MOST_RUNS));
        }
        return new Findings(List.of(), Exclusions.table(excluded), notes, Map.of("excluded", excluded), false);
    }
}
