package dev.serverbackup.simulation;

import java.util.SplittableRandom;

/**
 * How likely each trouble is in one run; drawn with the seed, so that some runs are calm and some are storms.
 *
 * @param frozenAt steps of this name are where processes of this run like to stand still
 * @param throttle share of transmissions that are throttled
 * @param deadLooks no look ever succeeds, not even when all else is quiet again
 * @param deafServer the server is never free, not even when all else is quiet again
 * @param killed whether a process is stopped at its deadline, as a function is, or may freeze and go on
 * @param race whether it is all about who is first when a lease ends
 * @param staleIndex share of an index's rows that are behind
 * @param deafBus share of sendings of which the bus takes none or some, or does not answer
 * @param commands what else becomes of commands, where the backend is Run Command
 */
record Mood(
        double crash,
        double freeze,
        String frozenAt,
        double throttle,
        double lostRequest,
        double lostAnswer,
        double serverError,
        double slow,
        double lookFails,
        double auditTrouble,
        double noTurn,
        boolean deadLooks,
        boolean deafServer,
        boolean killed,
        boolean race,
        double staleIndex,
        double deafBus,
        Fleet fleet,
        Commands commands) {

    private static final String NOWHERE = "-";
    private static final String[] FROZEN_AT = {"call", "call", "write", "look", "turn"};

    /**
     * What becomes of backups.
     *
     * @param late share that takes hours
     * @param endless share that never ends
     * @param vanish share that somebody deletes, sooner or later
     */
    record Fleet(double fails, double late, double endless, double vanish) {
        static final Fleet GOOD = new Fleet(0, 0, 0, 0);
    }

    /**
     * What becomes of commands.
     *
     * @param busy share of those that find the vendor's tool busy when their document begins
     * @param runsAgain share whose document the agent runs again
     * @param lies share of which the status says that they ended, before they did
     * @param oldList share of lists that are old: a look before sending misses a command which runs, a look for the
     *     marker shows a refused one as running
     */
    record Commands(double busy, double runsAgain, double lies, double oldList) {
        static final Commands GOOD = new Commands(0, 0, 0, 0);
    }

    static Mood drawn(SplittableRandom chance) {
        if (chance.nextInt(5) == 0) {
            return raceForTheLease(FROZEN_AT[chance.nextInt(FROZEN_AT.length)]);
        }
        return new Mood(
                some(chance, 0.002, 0.02),
                some(chance, 0.02, 0.1),
                chance.nextInt(3) == 0 ? FROZEN_AT[chance.nextInt(FROZEN_AT.length)] : NOWHERE,
                chance.nextInt(3) == 0 ? 0.5 + 0.45 * chance.nextDouble() : some(chance, 0.02, 0.2),
                some(chance, 0.1, 0.4),
                some(chance, 0.1, 0.5),
                some(chance, 0.1, 0.4),
                some(chance, 0.1, 0.5),
                some(chance, 0.1, 0.6),
                some(chance, 0.02, 0.15),
                some(chance, 0.02, 0.2),
                chance.nextInt(40) == 0,
                chance.nextInt(40) == 0,
                chance.nextBoolean(),
                false,
                some(chance, 0.05, 0.4),
                some(chance, 0.1, 0.6),
                new Fleet(some(chance, 0.1, 0.6), some(chance, 0.05, 0.4), some(chance, 0, 0.1), some(chance, 0, 0.5)),
                new Commands(
                        some(chance, 0.1, 0.6),
                        some(chance, 0.1, 0.6),
                        some(chance, 0.05, 0.3),
                        some(chance, 0.1, 0.6)));
    }

    /** Little else goes wrong than that a worker stands still while others wait for its lease to end. */
    private static Mood raceForTheLease(String frozenAt) {
        return new Mood(
                0, 0, frozenAt, 0, 0, 0.2, 0, 0.7, 0, 0, 0, false, false, false, true, 0, 0, Fleet.GOOD, Commands.GOOD);
    }

    /** Nothing goes wrong any more, but for what never ends. */
    Mood quiet() {
        return new Mood(
                0,
                0,
                NOWHERE,
                0,
                0,
                0,
                0,
                0,
                deadLooks ? 1 : 0,
                0,
                0,
                deadLooks,
                deafServer,
                killed,
                false,
                0,
                0,
                fleet,
                Commands.GOOD);
    }

    private static double some(SplittableRandom chance, double little, double much) {
        return switch (chance.nextInt(4)) {
            case 0 -> 0;
            case 1, 2 -> little;
            default -> much;
        };
    }
}
