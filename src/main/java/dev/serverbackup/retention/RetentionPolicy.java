package dev.serverbackup.retention;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which good backups of each server are kept: what any of the rules keeps.
 *
 * @param rules none: nothing is ever deleted
 * @param zone whose days, weeks, months and years the rules mean
 * @param dryRun whether it is only said in the log what would be deleted
 */
public record RetentionPolicy(List<RetentionRule> rules, ZoneId zone, boolean dryRun) {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** Nothing is ever deleted. */
    public static final RetentionPolicy OFF = new RetentionPolicy(List.of(), UTC, false);

    public RetentionPolicy {
        rules = List.copyOf(rules);
    }

    /**
     * Reads the name of a time zone as IANA has it; an empty one is UTC.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ZoneId zone(String name) {
        if (name.isEmpty()) {
            return UTC;
        }
        if (ZoneId.getAvailableZoneIds().contains(name)) {
            return ZoneId.of(name);
        }
        throw new IllegalArgumentException(
                "\"%s\" is no time zone that is known; allowed is an IANA name such as Europe/Berlin".formatted(name));
    }

    public boolean isOff() {
        return rules.isEmpty();
    }

    /** For how many days a backup may be kept, as long as each period has one. The audit must know it for as long. */
    public int longest() {
        return rules.stream()
                .mapToInt(rule -> rule.count() * rule.every().longest())
                .max()
                .orElse(0);
    }

    /** The rules as the setting says them, with the time zone where it matters. */
    public String inWords() {
        String said = rules.stream().map(RetentionRule::toString).collect(Collectors.joining(", "));
        return longest() == 0 ? said : said + " in " + zone;
    }
}
