package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Table.Column;
import java.util.List;
import picocli.CommandLine.Command;

/** The backups that retention deleted, each with the rules that did not keep it. */
@Command(
        name = "deleted",
        description = "The backups that retention deleted, oldest first; of the last seven days.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup deleted --stack server-backup --since 2026-11-01")
public final class DeletedCommand extends PeriodListing {
    static final List<Column<Item>> COLUMNS = List.of(
            Columns.DELETED, Columns.SERVER, Columns.BACKUP_ID, Columns.FINISHED, Columns.RUN, Columns.NOT_KEPT_BY);

    public DeletedCommand() {
        super(AuditReader::deleted, "backup deleted", false, COLUMNS);
    }
}
