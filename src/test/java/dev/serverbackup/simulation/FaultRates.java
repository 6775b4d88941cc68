package dev.serverbackup.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How often what goes wrong in one run; drawn with the seed, so that little goes wrong in some runs, and much in others.
 *
 * @param frozenAt steps of this name are where processes of this run like to stand still
 * @param looksNeverSucceed not even when all else is quiet again
 * @param serverNeverFree not even when all else is quiet again
 * @param killed whether a process is stopped at its deadline, as a function is, or may freeze and go on
 * @param race whether it is all about who is first when a lease ends
 */
record FaultRates(
        Map<Fault, Double> rates,
        String frozenAt,
        boolean looksNeverSucceed,
        boolean serverNeverFree,
        boolean killed,
        boolean race) {

    private static final String NOWHERE = "-";
    private static final String[] FROZEN_AT = {"call", "call", "write", "look", "turn"};

    static FaultRates drawn(SplittableRandom chance) {
        if (chance.nextInt(5) == 0) {
            // Little else goes wrong than that a worker stands still while others wait for its lease to end.
            Map<Fault, Double> rates = Map.of(Fault.ANSWER_LOST, 0.2, Fault.SLOW, 0.7);
            return new FaultRates(rates, FROZEN_AT[chance.nextInt(FROZEN_AT.length)], false, false, false, true);
        }
        Map<Fault, Double> rates = new EnumMap<>(Fault.class);
        EnumSet.allOf(Fault.class).forEach(fault -> rates.put(fault, fault.drawnRate(chance)));
        if (chance.nextInt(3) == 0) {
            rates.put(Fault.THROTTLED, 0.5 + 0.45 * chance.nextDouble());
        }
        return new FaultRates(
                rates,
                chance.nextInt(3) == 0 ? FROZEN_AT[chance.nextInt(FROZEN_AT.length)] : NOWHERE,
                chance.nextInt(40) == 0,
                chance.nextInt(40) == 0,
                chance.nextBoolean(),
                false);
    }

    /** Nothing goes wrong any more, but for what never ends, and with backups. */
    FaultRates quiet() {
        Map<Fault, Double> left = new EnumMap<>(Fault.class);
        left.putAll(rates);
        left.keySet().retainAll(EnumSet.range(Fault.BACKUP_FAILS, Fault.BACKUP_VANISHES));
        left.put(Fault.LOOK_FAILS, looksNeverSucceed ? 1.0 : 0.0);
        return new FaultRates(left, NOWHERE, looksNeverSucceed, serverNeverFree, killed, false);
    }

    double of(Fault fault) {
        return rates.getOrDefault(fault, 0.0);
    }
}
