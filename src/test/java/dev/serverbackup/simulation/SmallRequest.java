package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.backup.BackupResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A {@code CreateBackup} on its way: it takes effect within the call's time-out, and is shown within the visibility delay.
 */
final class SmallRequest {
    private static final long CALL = Scenario.TERMS.callTimeout().toMillis();
    private static final long SHOWN = CALL + Scenario.TERMS.visibilityDelay().toMillis();

    private final long sentAt;
    private final String description;
    private BackupResult result;

    SmallRequest(long sentAt, String description) {
        this.sentAt = sentAt;
        this.description = description;
    }

    /** @param quiet whether nothing goes wrong any more */
    void takeEffect(SmallWorld world, boolean late, boolean quiet) {
        RunTarget target = new RunTarget(SmallWorld.RUN, Samples.ALPHA.name());
        world.invariants.ended(target);
        Duration hidden = late ? Duration.ofMillis(sentAt + SHOWN - 1 - world.millis()) : Duration.ZERO;
        result = world.runsCommands()
                ? world.servers.send(target.server(), description, hidden)
                : world.servers.create(target.server(), description, hidden);
        if (result instanceof BackupResult.Started started) {
            world.invariants.accepted(target, started.backup());
            if (world.runsCommands()) {
                world.accepted(target, started.backup(), quiet);
            }
        }
    }

    boolean mayWaitUntil(long instant) {
        return instant < sentAt + CALL;
    }

    Optional<BackupResult> result() {
        return Optional.ofNullable(result);
    }

    Object key() {
        return List.of(sentAt, description);
    }
}
