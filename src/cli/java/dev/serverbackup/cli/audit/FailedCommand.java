package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Question;
import dev.serverbackup.cli.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The entries that failed, oldest first; of the last seven days. */
@Command(
        name = "failed",
        description = "The entries that failed, oldest first; of the last seven days. Exits with 1 if there are any.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup failed --stack server-backup --since 2026-11-20")
public final class FailedCommand extends Question {
    @Mixin
    private PeriodOptions period;

    @Mixin
    private LimitOption limit;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        Period days = period.days(audit.clock().instant());
        Rows rows = audit.failed(days, limit.rows());
        List<String> notes = new ArrayList<>(rows.note());
        if (rows.items().isEmpty()) {
            notes.add("There is no failed entry requested %s (%s).".formatted(days, deployment));
        }
        List<Table.Column<Item>> columns = List.of(
                Columns.REQUESTED, Columns.SERVER, Columns.ATTEMPTS, Columns.FINISHED, Columns.RUN, Columns.ERROR);
        return new Findings(
                List.of(),
                Table.of(columns, rows.items()),
                notes,
                rows.json(),
                !rows.items().isEmpty());
    }
}
