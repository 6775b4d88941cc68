package dev.serverbackup.cli;

import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.request.Closest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What an error or an alarm means, and what to do: the runbook's own words. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "What an error or an alarm means, and what to do.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup explain InvalidStateException")
final class ExplainCommand implements Callable<Integer> {
    @ParentCommand
    private ServerBackup program;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "NAME", description = "An error.type of the audit, or an alarm.")
    private String name;

    @Override
    public Integer call() {
        Runbook runbook = Runbook.read();
        Runbook.Section section = runbook.about(name).orElseThrow(() -> unknown(runbook.names()));
        output.print(
                new Findings(
                        List.of(new Fact("", section.title())),
                        Table.NONE,
                        section.paragraphs(),
                        Map.of("name", section.title(), "text", section.text()),
                        false),
                program.screen());
        return ServerBackup.OK;
    }

    private IllegalArgumentException unknown(List<String> names) {
        String known = Closest.to(name, names)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("there are " + String.join(", ", names));
        return new IllegalArgumentException("the runbook has nothing on '%s'; %s".formatted(name, known));
    }
}
