package dev.serverbackup.cli.audit;

import java.util.List;
import picocli.CommandLine.Command;

/** The entries that failed. */
@Command(
        name = "failed",
        description = "The entries that failed, oldest first; of the last seven days. Exits with 1 if there are any.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup failed --stack server-backup --since 2026-11-20")
public final class FailedCommand extends PeriodListing {
    public FailedCommand() {
        super(
                AuditReader::failed,
                "failed entry requested",
                true,
                List.of(
                        Columns.REQUESTED,
                        Columns.SERVER,
                        Columns.ATTEMPTS,
                        Columns.FINISHED,
                        Columns.RUN,
                        Columns.ERROR));
    }
}
