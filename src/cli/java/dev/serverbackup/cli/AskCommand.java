package dev.serverbackup.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.audit.AuditReader;
import dev.serverbackup.cli.audit.Item;
import dev.serverbackup.cli.audit.RunFindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Requests backups. */
@Command(
        name = "ask",
        description = {
            "Requests a backup of every selected server: sends an event to the bus.",
            "With --watch it exits with 1 if an entry failed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  server-backup ask --tag Backup=nightly --tag Environment=prod --stack server-backup",
            "  server-backup ask --server puppet-master-eu --request-id incident-812 --watch --local"
        })
final class AskCommand extends ResultCommand {
    @Mixin
    private SelectorOptions selector;

    @Mixin
    private Watch watch;

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description = {
                "The id of the run: a second request with the same id starts nothing. Default: a new id.",
                "Exits with 1, and sends nothing, if this run exists for another request."
            })
    private String requestId;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        ObjectNode detail = selector.detail();
        return asked(detail, requestId, audit, deployment, watch, program().screen());
    }

    /** Sends a request, and with {@code --watch} waits until the run is final. */
    static Findings asked(
            ObjectNode detail, String requestId, AuditReader audit, Connection deployment, Watch watch, Screen screen) {
        String run = requestId == null ? Requests.newId() : requestId;
        Optional<Item> before = requestId == null ? Optional.empty() : audit.run(run);
        // The function refuses it, too, but a refusal of an event is not shown at this terminal.
        if (before.filter(row -> !Requests.isOf(row, detail)).isPresent()) {
            return anotherRequest(before.get());
        }
        new Requests(deployment).ask(detail.put("requestId", run));
        if (!watch.isOn()) {
            List<String> notes = new ArrayList<>();
            before.ifPresent(
                    row -> notes.add("Run %s exists: the same request was sent at %s, and no second run is started."
                            .formatted(run, row.shown("requestedAt"))));
            notes.add("server-backup run %s %s shows its progress.".formatted(run, deployment.options()));
            return new Findings(List.of(new Fact("requested run", run)), Table.NONE, notes, Map.of("run", run), false);
        }
        screen.err().println("run " + run);
        watch.until(audit, run, screen);
        return RunFindings.of(audit, run, RunFindings.ALL, deployment);
    }

    private static Findings anotherRequest(Item row) {
        String run = row.shown("runId");
        return new Findings(
                List.of(
                        new Fact("run", run),
                        new Fact("requested", row.shown("requestedAt")),
                        new Fact("request", row.shown("request"))),
                Table.NONE,
                List.of("Run %s exists for another request. Nothing was sent: give another --request-id."
                        .formatted(run)),
                Map.of("run", run, "request", row.text("request").orElse("")),
                true);
    }
}
