package dev.serverbackup;

import java.util.List;
import java.util.stream.Stream;

/** A setting that is a whole number: its environment variable, its default, and the least and the most it may be. */
record Variable(String name, int byDefault, int least, int most) {
    static final List<Variable> NUMBERS = List.of(
            new Variable("MAX_TARGETS", 1000, 1, 4000),
            new Variable("MAX_CONCURRENT_CALLS", 16, 1, 256),
            new Variable("CALLS_PER_SECOND", 4, 1, 1000),
            new Variable("CALL_BURST", 8, 1, 1000),
            new Variable("CALL_TIMEOUT_SECONDS", 15, 1, 300),
            new Variable("FUNCTION_TIMEOUT_SECONDS", 900, 1, 900),
            new Variable("VISIBILITY_DELAY_SECONDS", 45, 1, 3600),
            new Variable("LEASE_SECONDS", 120, 1, 7200),
            new Variable("RETRY_DELAY_SECONDS", 60, 1, 3600),
            new Variable("START_WINDOW_MINUTES", 60, 1, 1440),
            new Variable("COMPLETION_WINDOW_HOURS", 24, 1, 336),
            new Variable("AUDIT_RETENTION_DAYS", 400, 16, 3650),
            new Variable("VERIFY_DAYS", 7, 0, 365),
            new Variable("MISSED_AFTER_MINUTES", 30, 10, 180),
            new Variable("CATCH_UP_HOURS", 6, 0, 168),
            new Variable("DIGEST_HOUR", 8, -1, 23));

    /** Those that are read where Systems Manager makes the backups. */
    static final List<Variable> OF_COMMANDS = List.of(
            new Variable("COMMAND_DELIVERY_TIMEOUT_SECONDS", 600, 30, 2_592_000),
            new Variable("BACKUP_TIMEOUT_HOURS", 6, 1, 48),
            new Variable("MAX_BACKUPS_PER_SERVER", 50, 1, 1000));

    static Stream<Variable> all() {
        return Stream.concat(NUMBERS.stream(), OF_COMMANDS.stream());
    }

    @Override
    public String toString() {
        return name;
    }
}
