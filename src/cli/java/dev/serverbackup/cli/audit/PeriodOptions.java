package dev.serverbackup.cli.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for a period, in UTC. */
final class PeriodOptions {
    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "From this date or instant on, in UTC, such as 2026-11-20.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Up to this date or instant, it included.")
    private String until;

    /** The period; unlimited where an option is absent. */
    Period any() {
        return Period.of(Optional.ofNullable(since), Optional.ofNullable(until));
    }

    /** The period; by default the last seven days. */
    Period days(Instant now) {
        return Period.ofDays(
                Optional.ofNullable(since), Optional.ofNullable(until), LocalDate.ofInstant(now, ZoneOffset.UTC));
    }
}
