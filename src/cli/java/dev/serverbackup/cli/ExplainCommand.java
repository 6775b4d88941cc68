package dev.serverbackup.cli;

import dev.serverbackup.request.Closest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Explains an error, a status of a run or an alarm, and what to do, from the runbook. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "What an error, a status of a run or an alarm means, and what to do.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup explain InvalidStateException")
final class ExplainCommand implements Callable<Integer> {
    /** The form of AWS's error types. */
    private static final Pattern ERROR = Pattern.compile("([A-Z][a-z0-9]+){2,}");

    @ParentCommand
    private ServerBackup program;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "NAME", description = "An error.type of the audit, a status of a run, or an alarm.")
    private String name;

    @Override
    public Integer call() {
        Runbook runbook = Runbook.read();
        Runbook.Section section = runbook.about(name).orElseGet(() -> otherwise(runbook));
        output.print(
                new Findings(
                        List.of(),
                        Table.NONE,
                        Stream.concat(Stream.of(section.title(), ""), section.paragraphs().stream())
                                .toList(),
                        Map.of("name", section.title(), "text", section.text()),
                        false),
                program.screen());
        return ServerBackup.OK;
    }

    /** An error that the runbook does not name has a common section. */
    private Runbook.Section otherwise(Runbook runbook) {
        Optional<String> nearest = Closest.to(name, runbook.names());
        if (nearest.isEmpty() && ERROR.matcher(name).matches()) {
            return runbook.aboutError(name);
        }
        String known = nearest.map(near -> "did you mean " + near + "?")
                .orElse("there are " + String.join(", ", runbook.names()));
        throw new IllegalArgumentException("the runbook has nothing on '%s'; %s".formatted(name, known));
    }
}
