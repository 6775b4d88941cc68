package dev.serverbackup.cli.audit;

import picocli.CommandLine.Option;

/** The option for how long a server may be without a good backup. */
final class HoursOption {
    private static final int MOST = 8_760;

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "26",
            description = "After how many hours without a good backup a server is overdue (${DEFAULT-VALUE}).")
    private int hours;

    /** @throws IllegalArgumentException for less than one, or more than a year */
    int hours() {
        if (hours < 1 || hours > MOST) {
            throw new IllegalArgumentException("--hours is 1 to %d, not %d".formatted(MOST, hours));
        }
        return hours;
    }
}
