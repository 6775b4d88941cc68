package dev.serverbackup.retention;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One rule of retention, such as {@code daily 14}: keeps the newest good backup of each of the newest 14 days that have
 * one. A period without a backup does not count, so a server that was off loses no backup.
 *
 * @param count 1 to {@value #MOST}
 */
public record RetentionRule(Every every, int count) {
    /** The most backups that a server may have. */
    public static final int MOST = 1_000;

    private static final String ALLOWED =
            ("a whole number from 0 to %d, or any of last, daily, weekly, monthly and yearly, each once with a number"
                            + " from 1 to %d, such as \"last 7, daily 14, weekly 8, monthly 12, yearly 3\"")
                    .formatted(MOST, MOST);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern RULE = Pattern.compile(Arrays.stream(Every.values())
            .map(Every::word)
            .collect(Collectors.joining("|", "(?<every>", ") +(?<count>\\d{1,9})")));

    /** The periods of a rule. */
    public enum Every {
        /** Each backup is a period of its own. */
        LAST,
        DAILY,
        /** From Monday to Sunday, as in ISO 8601. */
        WEEKLY,
        MONTHLY,
        YEARLY;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The most days of a period; 0 for {@code LAST}, which does not depend on the calendar. */
        int longest() {
            return switch (this) {
                case LAST -> 0;
                case DAILY -> 1;
                case WEEKLY -> 7;
                case MONTHLY -> 31;
                case YEARLY -> 366;
            };
        }
    }

    /** @throws IllegalArgumentException for a count outside of 1 to {@value #MOST} */
    public RetentionRule {
        refuseUnless(0 < count && count <= MOST, "%s %d".formatted(every.word(), count), "is not a rule");
    }

    /**
     * Reads {@code 14}, which is {@code last 14}, or {@code last 7, daily 14, weekly 8}.
     *
     * @return none for {@code 0}: nothing is ever deleted
     * @throws IllegalArgumentException for anything else; it says what is wrong and what is allowed
     */
    public static List<RetentionRule> parse(String text) {
        if (NUMBER.matcher(text).matches()) {
            int count = Integer.parseInt(text);
            refuseUnless(count <= MOST, text, "is too many");
            return count == 0 ? List.of() : List.of(new RetentionRule(Every.LAST, count));
        }
        List<RetentionRule> rules = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(RetentionRule::rule)
                .toList();
        for (Every every : Every.values()) {
            refuseUnless(
                    rules.stream().filter(rule -> rule.every == every).count() <= 1,
                    text,
                    "has " + every.word() + " more than once");
        }
        return rules;
    }

    private static RetentionRule rule(String text) {
        Matcher rule = RULE.matcher(text);
        refuseUnless(rule.matches(), text, "is not a rule");
        return new RetentionRule(
                Every.valueOf(rule.group("every").toUpperCase(Locale.ROOT)), Integer.parseInt(rule.group("count")));
    }

    private static void refuseUnless(boolean holds, String what, String why) {
        if (!holds) {
            throw new IllegalArgumentException("\"%s\" %s; allowed is %s".formatted(what, why, ALLOWED));
        }
    }

    /**
     * The period of a backup: equal for two backups of the same period.
     *
     * @param day the day on which the backup was made
     */
    Object periodOf(LocalDate day, String backupId) {
        return switch (every) {
            case LAST -> backupId;
            case DAILY -> day;
            case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTHLY -> YearMonth.from(day);
            case YEARLY -> Year.from(day);
        };
    }

    /** As in the setting. */
    @Override
    public String toString() {
        return every.word() + " " + count;
    }
}
