package dev.serverbackup.local.opsworkscm.account;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long the asynchronous operations take, each 0 or more. The API documents none of them.
 *
 * @param maintenance without the backup that it begins with
 * @param deletion of a server or of a backup
 */
public record Durations(
        Duration creation,
        Duration backup,
        Duration deletion,
        Duration maintenance,
        Duration restoration,
        Duration modification,
        Duration association) {

    public static final Durations DEFAULT =
            new Durations(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(5));

    public Durations {
        if (Stream.of(creation, backup, deletion, maintenance, restoration, modification, association)
                .anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("A duration is 0 or more, but these are creation " + creation
                    + ", backup " + backup + ", deletion " + deletion + ", maintenance " + maintenance
                    + ", restoration " + restoration + ", modification " + modification + ", association "
                    + association + ".");
        }
    }

    /** These, and the usual ones for the rest. */
    public Durations(Duration creation, Duration backup, Duration deletion) {
        this(
                creation,
                backup,
                deletion,
                Duration.ofSeconds(20),
                Duration.ofSeconds(40),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    /** The same with backups that take this long. */
    public Durations withBackup(Duration duration) {
        return new Durations(creation, duration, deletion, maintenance, restoration, modification, association);
    }
}
