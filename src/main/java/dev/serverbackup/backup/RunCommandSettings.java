package dev.serverbackup.backup;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Run Command makes backups on the servers.
 *
 * @param destination where artefacts go: an absolute directory of the server, or {@code s3://bucket/prefix}
 * @param delivery how long a command may wait for the server's agent: 30 seconds to 30 days
 * @param execution how long a backup may run: at most 48 hours (Systems Manager); together with {@code delivery} the
 *     time after which the command of a dead agent ends
 * @param mostBackups the most backups that a server may have; beyond that another is refused
 * @param logGroup the CloudWatch Logs group that also gets the commands' output
 */
public record RunCommandSettings(
        Documents documents,
        String destination,
        Duration delivery,
        Duration execution,
        int mostBackups,
        Optional<String> logGroup) {
    /** As strict as the documents' own pattern, since the value becomes part of a shell script. */
    private static final Pattern DESTINATION = Pattern.compile("(s3:/)?(/[A-Za-z0-9_=-][A-Za-z0-9._=-]*)+");

    private static final int LONGEST_DESTINATION = 500;

    /** @throws IllegalArgumentException that says which value is wrong, and what is allowed */
    public RunCommandSettings {
        require(
                DESTINATION.matcher(destination).matches() && destination.length() <= LONGEST_DESTINATION,
                "the destination is an absolute directory or s3://bucket/prefix of letters, digits, '.', '_', '=' and"
                        + " '-', not \"" + destination + "\"");
        require(
                isWithin(delivery, Duration.ofSeconds(30), Duration.ofDays(30)),
                "delivery takes 30 seconds to 30 days");
        require(
                isWithin(execution, Duration.ofMinutes(1), Duration.ofDays(2)),
                "a backup may run 1 minute to 48 hours");
        require(mostBackups >= 1, "a server may have at least 1 backup");
    }

    private static boolean isWithin(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
