package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Question;
import dev.serverbackup.cli.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The runs, oldest first; of the last seven days. */
@Command(
        name = "runs",
        description = "The runs, oldest first; of the last seven days.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup runs --stack server-backup --since 2026-11-20")
public final class RunsCommand extends Question {
    @Mixin
    private PeriodOptions period;

    @Mixin
    private LimitOption limit;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        Period days = period.days(audit.clock().instant());
        Rows rows = audit.runs(days, limit.rows());
        List<String> notes = new ArrayList<>(rows.note());
        if (rows.items().isEmpty()) {
            notes.add("There is no run requested %s (%s).".formatted(days, deployment));
        }
        List<Table.Column<Item>> columns =
                List.of(Columns.REQUESTED, Columns.STATUS, Columns.TARGETS, Columns.RUN, Columns.ENTRIES);
        return new Findings(List.of(), Table.of(columns, rows.items()), notes, rows.json(), false);
    }
}
