package dev.serverbackup.local.opsworkscm.account;

import java.time.Duration;

/** How long the asynchronous operations take, each 0 or more. The API documents none of them. */
public record Durations(Duration creation, Duration backup, Duration deletion) {

    public static final Durations DEFAULT =
            new Durations(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(5));

    public Durations {
        if (creation.isNegative() || backup.isNegative() || deletion.isNegative()) {
            throw new IllegalArgumentException("A duration is 0 or more, but these are creation " + creation
                    + ", backup " + backup + ", deletion " + deletion + ".");
        }
    }

    /** The same with backups that take this long. */
    public Durations withBackup(Duration duration) {
        return new Durations(creation, duration, deletion);
    }
}
