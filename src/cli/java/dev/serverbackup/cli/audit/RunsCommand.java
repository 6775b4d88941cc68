package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Table.Column;
import java.util.List;
import picocli.CommandLine.Command;

/** The runs. */
@Command(
        name = "runs",
        description = "The runs, oldest first; of the last seven days.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup runs --stack server-backup --since 2026-11-20")
public final class RunsCommand extends PeriodListing {
    static final List<Column<Item>> COLUMNS =
            List.of(Columns.REQUESTED, Columns.STATUS, Columns.TARGETS, Columns.RUN, Columns.ENTRIES);

    public RunsCommand() {
        super(AuditReader::runs, "run requested", false, COLUMNS);
    }
}
