package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Question;
import dev.serverbackup.cli.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The backups that retention deleted, oldest first; of the last seven days. */
@Command(
        name = "deleted",
        description = "The backups that retention deleted, oldest first; of the last seven days.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup deleted --stack server-backup --since 2026-11-01")
public final class DeletedCommand extends Question {
    @Mixin
    private PeriodOptions period;

    @Mixin
    private LimitOption limit;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        Period days = period.days(audit.clock().instant());
        Rows rows = audit.deleted(days, limit.rows());
        List<String> notes = new ArrayList<>(rows.note());
        if (rows.items().isEmpty()) {
            notes.add("There is no backup deleted %s (%s).".formatted(days, deployment));
        }
        List<Table.Column<Item>> columns =
                List.of(Columns.DELETED, Columns.SERVER, Columns.BACKUP_ID, Columns.FINISHED, Columns.RUN);
        return new Findings(List.of(), Table.of(columns, rows.items()), notes, rows.json(), false);
    }
}
