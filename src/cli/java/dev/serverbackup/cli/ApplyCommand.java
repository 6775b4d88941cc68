package dev.serverbackup.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.audit.AuditReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Requests backups of exactly the servers of a plan. */
@Command(
        name = "apply",
        description = {
            "Requests backups of exactly the servers of a plan. Exits with 1, and sends nothing, if the selector now"
                    + " finds other servers.",
            "With --watch it exits with 1 if an entry failed."
        },
        footerHeading = "%nExample:%n",
        footer = "  server-backup apply night.plan --watch --stack server-backup")
final class ApplyCommand extends ResultCommand {
    @Parameters(paramLabel = "PLAN", description = "The file that plan --out wrote.")
    private Path plan;

    @Mixin
    private Watch watch;

    @Option(names = "--request-id", paramLabel = "ID", description = "The id of the run. Default: a new id.")
    private String requestId;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        ObjectNode detail = read();
        String planned = detail.path("plan").asText();
        // The function compares the plan, too, but a refusal of an event is not shown at this terminal.
        ObjectNode asked = detail.deepCopy();
        asked.remove("plan");
        String now = new Requests(deployment).dryRun(asked).path("plan").asText();
        if (!now.equals(planned)) {
            return new Findings(
                    List.of(new Fact("planned", planned), new Fact("now", now)),
                    Table.NONE,
                    List.of("The selector finds other servers than those of the plan. Nothing was sent: make a new"
                            + " plan."),
                    Map.of("planned", planned, "now", now),
                    true);
        }
        return AskCommand.asked(
                detail, requestId, audit, deployment, watch, program().screen());
    }

    private ObjectNode read() {
        try {
            if (new JsonMapper().readTree(Files.readString(plan)) instanceof ObjectNode detail
                    && detail.path("plan").isTextual()) {
                return detail;
            }
            throw new IllegalArgumentException("%s is not a plan".formatted(plan));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s is not a plan".formatted(plan), e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file %s".formatted(plan), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s can't be read: %s".formatted(plan, e), e);
        }
    }
}
