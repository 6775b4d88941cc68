package dev.serverbackup.simulation;

import java.util.SplittableRandom;

/** What can go wrong, and how often it does where it does little or much. */
enum Fault {
    CRASH(0.002, 0.02),
    FREEZE(0.02, 0.1),
    THROTTLED(0.02, 0.2),
    REQUEST_LOST(0.1, 0.4),
    ANSWER_LOST(0.1, 0.5),
    SERVER_ERROR(0.1, 0.4),
    SLOW(0.1, 0.5),
    LOOK_FAILS(0.1, 0.6),
    AUDIT_UNAVAILABLE(0.02, 0.15),
    NO_TURN(0.02, 0.2),
    /** A row of an index is behind. */
    STALE_INDEX(0.05, 0.4),
    /** The bus takes no notification or some, or does not answer. */
    BUS_REFUSES(0.1, 0.6),
    BACKUP_FAILS(0.1, 0.6),
    /** It takes hours. */
    BACKUP_LATE(0.05, 0.4),
    BACKUP_ENDLESS(0, 0.1),
    /** Somebody deletes it, sooner or later. */
    BACKUP_VANISHES(0, 0.5),
    /** A command finds the vendor's tool busy when its document begins. */
    COMMAND_BUSY(0.1, 0.6),
    /** The agent runs its document again. */
    COMMAND_RUNS_AGAIN(0.1, 0.6),
    /** Its status says that it ended, before it did. */
    COMMAND_STATUS_LIES(0.05, 0.3),
    /** A look before sending misses a command which runs; a look for the marker shows a refused one as running. */
    OLD_LIST(0.1, 0.6);

    private final double little;
    private final double much;

    Fault(double little, double much) {
        this.little = little;
        this.much = much;
    }

    double drawnRate(SplittableRandom chance) {
        return switch (chance.nextInt(4)) {
            case 0 -> 0;
            case 1, 2 -> little;
            default -> much;
        };
    }
}
