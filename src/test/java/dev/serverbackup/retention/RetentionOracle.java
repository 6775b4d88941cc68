package dev.serverbackup.retention;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;

/** Another way to the same answer: a period is what ISO 8601 writes of a local date, up to the period's length. */
public final class RetentionOracle {
    private RetentionOracle() {}

    /** Whether any of the rules keeps a backup, of which these are the good ones that are newer. */
    public static boolean keeps(RetentionPolicy policy, Instant created, Collection<Instant> newer) {
        return policy.rules().stream().anyMatch(rule -> keeps(rule, policy.zone(), created, newer));
    }

    static boolean keeps(RetentionRule rule, ZoneId zone, Instant created, Collection<Instant> newer) {
        if (rule.every() == RetentionRule.Every.LAST) {
            return newer.size() < rule.count();
        }
        List<String> periods =
                newer.stream().map(one -> period(rule, zone, one)).distinct().toList();
        return periods.size() < rule.count() && !periods.contains(period(rule, zone, created));
    }

    private static String period(RetentionRule rule, ZoneId zone, Instant created) {
        String day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(zone).format(created);
        return switch (rule.every()) {
            case LAST -> throw new AssertionError("it has no periods");
            case DAILY -> day;
            case WEEKLY ->
                DateTimeFormatter.ISO_WEEK_DATE.withZone(zone).format(created).substring(0, "2026-W53".length());
            case MONTHLY -> day.substring(0, "2026-12".length());
            case YEARLY -> day.substring(0, "2026".length());
        };
    }
}
