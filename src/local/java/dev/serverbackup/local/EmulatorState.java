package dev.serverbackup.local;

import dev.serverbackup.local.fleet.StateFile;
import dev.serverbackup.local.opsworkscm.account.Snapshot;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The clocks of the emulated OpsWorks CM, and whether its state is saved.
 *
 * @param time the service's clock: states, windows, time stamps
 * @param callers the clock of the limits on calls, however fast the service's clock is
 * @param folder where the state is saved; empty: only in memory
 */
public record EmulatorState(InstantSource time, InstantSource callers, Optional<Path> folder) {
    /** Where OpsWorks CM's servers and backups are kept, if they are. */
    public Optional<StateFile> file() {
        return folder.map(path -> new StateFile(path.resolve("opsworks-cm.json")));
    }

    /** In memory, with one clock for everything. */
    public static EmulatorState in(InstantSource time) {
        return new EmulatorState(time, time, Optional.empty());
    }

    /**
     * Starts now, or when the state was saved if that is later.
     *
     * @param speed above 0; 60 makes an hour of the service last a minute
     * @throws IllegalArgumentException if it isn't
     */
    public static EmulatorState at(BigDecimal speed, Optional<Path> folder) {
        InstantSource machine = Clock.systemUTC();
        Instant now = machine.instant();
        Instant start = new EmulatorState(machine, machine, folder)
                .file()
                .flatMap(StateFile::read)
                .map(Snapshot::time)
                .filter(now::isBefore)
                .orElse(now);
        boolean real = speed.compareTo(BigDecimal.ONE) == 0 && start.equals(now);
        return new EmulatorState(real ? machine : new ScaledClock(machine, start, speed), machine, folder);
    }
}
