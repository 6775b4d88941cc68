package dev.serverbackup.retention;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which good backups of each server are kept: those that at least one rule keeps.
 *
 * @param rules if there are none, nothing is ever deleted
 * @param zone the time zone of the rules' days, weeks, months and years
 * @param dryRun whether backups to be deleted are only logged
 */
public record RetentionPolicy(List<RetentionRule> rules, ZoneId zone, boolean dryRun) {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** Nothing is ever deleted. */
    public static final RetentionPolicy OFF = new RetentionPolicy(List.of(), UTC, false);

    public RetentionPolicy {
        rules = List.copyOf(rules);
    }

    /**
     * Reads the IANA name of a time zone; an empty name is UTC.
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
                "\"%s\" is not a known time zone; allowed is an IANA name such as Europe/Berlin".formatted(name));
    }

    public boolean isOff() {
        return rules.isEmpty();
    }

    /** For how many days a backup may be kept, if each period has one. Its row must not expire before. */
    public int longest() {
        return rules.stream()
                .mapToInt(rule -> rule.count() * rule.every().longest())
                .max()
                .orElse(0);
    }

    /** The rules as in the setting, with the time zone if it matters. */
    public String description() {
        String said = rules.stream().map(RetentionRule::toString).collect(Collectors.joining(", "));
        return longest() == 0 ? said : said + " in " + zone;
    }
}
