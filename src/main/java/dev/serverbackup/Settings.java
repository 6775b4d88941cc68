package dev.serverbackup;

import dev.serverbackup.request.SelectorReader;
import dev.serverbackup.request.TagSelector;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.retention.RetentionRule;
import dev.serverbackup.run.Timeouts;
import dev.serverbackup.schedule.StackSchedule;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The function's settings, read once from its environment variables.
 *
 * @param auditTable {@code AUDIT_TABLE}: the audit table's name
 * @param defaultSelector {@code DEFAULT_SELECTOR}: the selector of a native scheduled event, as JSON
 * @param stackName {@code POWERTOOLS_SERVICE_NAME}: the stack of this function; a request for another stack is refused
 * @param maxTargets {@code MAX_TARGETS}: the target limit of a request that sets none, 1 to 4,000
 * @param maxConcurrentCalls {@code MAX_CONCURRENT_CALLS}: 1 to 256
 * @param callsPerSecond {@code CALLS_PER_SECOND}: calls to the backup service, of all operations together, 1 to 1,000
 * @param callBurst {@code CALL_BURST}: how many of these calls may be made at once, 1 to 1,000
 * @param timeouts {@code CALL_TIMEOUT_SECONDS}, {@code VISIBILITY_DELAY_SECONDS}, {@code LEASE_SECONDS}, {@code
 *     RETRY_DELAY_SECONDS}, {@code START_WINDOW_MINUTES}, {@code COMPLETION_WINDOW_HOURS}
 * @param auditDays how long rows are kept once their run's notification was sent: {@code AUDIT_RETENTION_DAYS}, 16 to
 *     3,650, and at least the completion window and 15 days; more where retention may keep a backup for longer
 * @param eventBus {@code EVENT_BUS}: the name or ARN of the bus that the notifications go to
 * @param retention {@code RETAINED_BACKUPS}: good backups to keep of each server, as {@link RetentionRule#parse} reads
 *     it; {@code SCHEDULE_TIMEZONE}: the time zone of its rules; {@code RETENTION_DRY_RUN}: {@code true} or {@code
 *     false}
 * @param schedule {@code SCHEDULE_EXPRESSION}: when the stack's schedule fires; optional; in {@code SCHEDULE_TIMEZONE};
 *     {@code SCHEDULE_STATE}: {@code ENABLED} or {@code DISABLED}; {@code MISSED_AFTER_MINUTES}: how long after its
 *     time a slot without a run is missed, 10 to 180; {@code CATCH_UP_HOURS}: for how long after that it is still
 *     caught up, 1 to 168, 0: never
 * @param digestHour {@code DIGEST_HOUR}: the hour of the day, in {@code SCHEDULE_TIMEZONE}, at which a digest is sent,
 *     0 to 23; -1: never
 * @param verifyEvery {@code VERIFY_DAYS}: how long after its last verification a server's newest good backup is
 *     verified, 1 to 365 days; 0: never
 * @param functionTimeout {@code FUNCTION_TIMEOUT_SECONDS}: the function's time-out, 1 to 900
 * @param backend {@code BACKUP_BACKEND}, and what belongs to it
 */
public record Settings(
        String auditTable,
        TagSelector defaultSelector,
        String stackName,
        int maxTargets,
        int maxConcurrentCalls,
        int callsPerSecond,
        int callBurst,
        Timeouts timeouts,
        int auditDays,
        String eventBus,
        RetentionPolicy retention,
        Optional<StackSchedule> schedule,
        int digestHour,
        Duration verifyEvery,
        Duration functionTimeout,
        Backend backend) {
    static final int MOST_CONCURRENT_CALLS = 256;

    /** What an invocation needs besides one call: to read the tags, to write its rows, to report. */
    static final Duration ROOM_BESIDE_A_CALL = Duration.ofSeconds(15);

    /** How much longer rows are kept than the completion window, and than retention may keep a backup. */
    static final Duration LEAST_KEPT_AFTER_THE_WINDOW = Duration.ofDays(15);

    /**
     * Reads the settings; those with a default may be missing.
     *
     * @throws InvalidSettingsException with all faults together
     */
    public static Settings from(Map<String, String> environment) {
        EnvironmentReader read = new EnvironmentReader(environment);
        String auditTable = read.text("AUDIT_TABLE");
        var selector = read.parsed("DEFAULT_SELECTOR", SelectorReader::fromJson);
        String stack = read.text("POWERTOOLS_SERVICE_NAME", "server-backup");
        int maxTargets = read.number("MAX_TARGETS", 1000, 1, 4000);
        int concurrent = read.number("MAX_CONCURRENT_CALLS", 16, 1, MOST_CONCURRENT_CALLS);
        int perSecond = read.number("CALLS_PER_SECOND", 4, 1, 1000);
        int burst = read.number("CALL_BURST", 8, 1, 1000);
        Duration call = read.seconds("CALL_TIMEOUT_SECONDS", 15, 1, 300);
        Duration function = read.seconds("FUNCTION_TIMEOUT_SECONDS", 900, 1, 900);
        Duration least = call.plus(ROOM_BESIDE_A_CALL);
        read.check(
                function.compareTo(least) >= 0,
                "FUNCTION_TIMEOUT_SECONDS: %d is too short for one call: at least CALL_TIMEOUT_SECONDS and %d, so %d"
                        .formatted(function.toSeconds(), ROOM_BESIDE_A_CALL.toSeconds(), least.toSeconds()));
        var timeouts = timeouts(read, call);
        int auditDays = auditDays(read, timeouts);
        String eventBus = read.text("EVENT_BUS", "default");
        var retention = retention(read);
        var schedule = schedule(read, stack);
        int digestHour = read.number("DIGEST_HOUR", 8, -1, 23);
        Duration verifyEvery = Duration.ofDays(read.number("VERIFY_DAYS", 7, 0, 365));
        var backend = Backend.read(read, timeouts, !verifyEvery.isZero());
        read.refuseFaults();
        return new Settings(
                auditTable,
                selector.orElseThrow(),
                stack,
                maxTargets,
                concurrent,
                perSecond,
                burst,
                timeouts.orElseThrow(),
                withRoomFor(retention.orElseThrow(), auditDays),
                eventBus,
                retention.orElseThrow(),
                schedule,
                digestHour,
                verifyEvery,
                function,
                backend.orElseThrow());
    }

    /** A run that is delivered again, or that was not followed up for days, must still find its rows. */
    private static int auditDays(EnvironmentReader read, Optional<Timeouts> timeouts) {
        int days = read.number("AUDIT_RETENTION_DAYS", 400, 16, 3650);
        timeouts.map(fitting -> fitting.completionWindow().plus(LEAST_KEPT_AFTER_THE_WINDOW))
                .ifPresent(least -> read.check(
                        Duration.ofDays(days).compareTo(least) >= 0,
                        ("AUDIT_RETENTION_DAYS: %d is too short for COMPLETION_WINDOW_HOURS: at least the completion"
                                        + " window and %d days, so %d")
                                .formatted(days, LEAST_KEPT_AFTER_THE_WINDOW.toDays(), wholeDays(least))));
        return days;
    }

    private static Optional<RetentionPolicy> retention(EnvironmentReader read) {
        var rules = read.parsedOr("RETAINED_BACKUPS", "0", RetentionRule::parse);
        var zone = read.parsedOr("SCHEDULE_TIMEZONE", "", RetentionPolicy::zone);
        boolean dryRun = read.flag("RETENTION_DRY_RUN", false);
        return rules.flatMap(kept -> zone.map(its -> new RetentionPolicy(kept, its, dryRun)));
    }

    /** The template names the rule, or EventBridge Scheduler's schedule, after the stack. */
    private static Optional<StackSchedule> schedule(EnvironmentReader read, String stack) {
        var zone = read.parsedOr(
                "SCHEDULE_TIMEZONE",
                "",
                name -> Optional.of(name).filter(given -> !given.isEmpty()).map(RetentionPolicy::zone));
        Duration missedAfter = Duration.ofMinutes(read.number("MISSED_AFTER_MINUTES", 30, 10, 180));
        Duration catchUp = Duration.ofHours(read.number("CATCH_UP_HOURS", 6, 0, 168));
        var state = read.parsedOr("SCHEDULE_STATE", StackSchedule.State.ENABLED.name(), StackSchedule.State::parse);
        return zone.flatMap(its -> state.flatMap(fires -> read.given("SCHEDULE_EXPRESSION")
                .map(text -> StackSchedule.of(stack + "-schedule", text, its, fires, missedAfter, catchUp))));
    }

    /** A backup whose row has expired would never be deleted. */
    private static int withRoomFor(RetentionPolicy retention, int auditDays) {
        return retention.longest() == 0
                ? auditDays
                : Math.max(auditDays, retention.longest() + (int) LEAST_KEPT_AFTER_THE_WINDOW.toDays());
    }

    private static long wholeDays(Duration duration) {
        return duration.plusDays(1).minusNanos(1).toDays();
    }

    private static Optional<Timeouts> timeouts(EnvironmentReader read, Duration call) {
        Duration visibility = read.seconds("VISIBILITY_DELAY_SECONDS", 45, 1, 3600);
        Duration lease = read.seconds("LEASE_SECONDS", 120, 1, 7200);
        Duration retry = read.seconds("RETRY_DELAY_SECONDS", 60, 1, 3600);
        Duration start = Duration.ofMinutes(read.number("START_WINDOW_MINUTES", 60, 1, 1440));
        Duration completion = Duration.ofHours(read.number("COMPLETION_WINDOW_HOURS", 24, 1, 336));
        return read.fitting(
                "CALL_TIMEOUT_SECONDS, VISIBILITY_DELAY_SECONDS, LEASE_SECONDS, START_WINDOW_MINUTES,"
                        + " COMPLETION_WINDOW_HOURS: ",
                () -> new Timeouts(call, visibility, lease, retry, start, completion));
    }
}
