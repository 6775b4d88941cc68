package dev.serverbackup.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.audit.AuditReader;
import dev.serverbackup.cli.audit.RunFindings;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks for backups. */
@Command(
        name = "ask",
        description = {
            "Asks for a backup of every server that is meant: puts a request on the bus.",
            "With --watch it exits with 1 if an entry failed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  server-backup ask --tag Backup=nightly --tag Environment=prod --stack server-backup",
            "  server-backup ask --server puppet-master-eu --request-id incident-812 --watch --local"
        })
final class AskCommand extends Question {
    @Mixin
    private SelectorOptions selector;

    @Mixin
    private Watch watch;

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description = "Names the run: the same id asks for nothing twice. Default: a new one.")
    private String requestId;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        ObjectNode detail = selector.detail();
        return asked(detail, requestId, audit, deployment, watch, program().screen());
    }

    /** Sends a request, and waits for the run's end if that is wanted. */
    static Findings asked(
            ObjectNode detail, String requestId, AuditReader audit, Connection deployment, Watch watch, Screen screen) {
        String run = requestId == null ? Requests.newId() : requestId;
        new Requests(deployment).ask(detail.put("requestId", run));
        if (!watch.isOn()) {
            return new Findings(
                    List.of(new Fact("asked for run", run)),
                    Table.NONE,
                    List.of("server-backup run %s shows what comes of it.".formatted(run)),
                    Map.of("run", run),
                    false);
        }
        screen.err().println("run " + run);
        watch.until(audit, run, screen);
        return RunFindings.of(audit, run, RunFindings.ALL, deployment);
    }
}
