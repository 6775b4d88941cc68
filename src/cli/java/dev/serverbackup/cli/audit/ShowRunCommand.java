package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.ResultCommand;
import dev.serverbackup.request.RunId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a run: its request, its excluded and skipped servers, and its entries. */
@Command(
        name = "run",
        description = "A run, its entries, and the excluded and skipped servers. Exits with 1 if an entry failed"
                + " or the run is MISSED.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup run release-4711 --stack server-backup")
public final class ShowRunCommand extends ResultCommand {
    @Parameters(paramLabel = "ID", description = "The run's id.")
    private String run;

    @Mixin
    private LimitOption limit;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        return RunFindings.of(audit, id(run), limit.rows(), deployment);
    }

    /** The text, if it is a valid run id. */
    static String id(String text) {
        try {
            return new RunId(text).value();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ID is 1 to 100 of A-Z a-z 0-9 . _ : @ -, not '%s'".formatted(text), e);
        }
    }
}
