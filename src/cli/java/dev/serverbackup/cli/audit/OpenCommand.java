package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.ResultCommand;
import dev.serverbackup.cli.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is still to be done, oldest first. */
@Command(
        name = "open",
        description = "What is still to be done, oldest first.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup open --stack server-backup")
public final class OpenCommand extends ResultCommand {
    @Mixin
    private LimitOption limit;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        Rows rows = audit.open(limit.rows());
        List<String> notes = new ArrayList<>(rows.note());
        if (rows.items().isEmpty()) {
            notes.add("Nothing is open (%s).".formatted(deployment));
        }
        List<Table.Column<Item>> columns = List.of(
                Columns.age(audit.clock().instant()),
                Columns.NEXT_ACTION,
                Columns.STATUS,
                Columns.ATTEMPTS,
                Columns.SERVER,
                Columns.RUN,
                Columns.LAST_ERROR);
        return new Findings(List.of(), Table.of(columns, rows.items()), notes, rows.json(), false);
    }
}
