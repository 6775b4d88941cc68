package dev.serverbackup.simulation;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeServers;
import java.util.List;

/** A Run Command command that was accepted: its document makes the backup, or refuses, and may run again. */
final class SmallCommand {
    private final RunTarget target;
    private final Backup backup;
    private State state = State.SENT;

    /** Where it is: the status says that a refusal ended only some time after it was printed. */
    private enum State {
        SENT,
        REFUSAL_PRINTED,
        REFUSED,
        SUCCEEDED
    }

    SmallCommand(RunTarget target, Backup backup) {
        this.target = target;
        this.backup = backup;
    }

    /** How many ways it may go on from here. */
    int ways(SmallWorld world) {
        return switch (state) {
            case SENT -> world.refusalIsLeft() ? 2 : 1;
            case REFUSAL_PRINTED -> 1;
            case REFUSED -> world.documentForgets() ? 1 : 0;
            case SUCCEEDED -> 0;
        };
    }

    /** Goes on in one of its ways; first come those in which it succeeds. */
    void goOn(SmallWorld world, int way) {
        switch (state) {
            case SENT -> {
                if (way == 0) {
                    succeeds(world);
                } else {
                    world.refuses();
                    state = State.REFUSAL_PRINTED;
                    world.invariants.refused(target, backup.id());
                    world.servers.change(backup.id(), one -> one.with(SimulatedCommands.PRINTED_REFUSAL, true));
                }
            }
            case REFUSAL_PRINTED -> {
                state = State.REFUSED;
                world.servers.change(
                        backup.id(), one -> FakeServers.failedAs(one, ErrorType.INVALID_STATE.name(), "busy", false));
            }
            case REFUSED -> {
                world.invariants.accepted(target, backup);
                succeeds(world);
            }
            case SUCCEEDED -> throw new IllegalStateException("a command that succeeded goes on in no way");
        }
        world.invariants.truth.observe(world.servers.all());
    }

    private void succeeds(SmallWorld world) {
        state = State.SUCCEEDED;
        world.servers.finish(backup.id());
    }

    /** Equal for equal futures. */
    Object key() {
        return List.of(backup.id(), state);
    }
}
