package dev.serverbackup.cli.audit;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says how many rows are shown. */
final class LimitOption {
    static final int MOST = 10_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            defaultValue = "200",
            description = "The most rows, 1 to " + MOST + " (${DEFAULT-VALUE}).")
    private int limit;

    int rows() {
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(
                    command.commandLine(), "--limit is a number of rows, 1 to %d, not %d".formatted(MOST, limit));
        }
        return limit;
    }
}
