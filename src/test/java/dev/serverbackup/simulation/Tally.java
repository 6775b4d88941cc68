package dev.serverbackup.simulation;

import dev.serverbackup.audit.VerificationResult;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often what was to be tried did happen: a simulation in which nothing goes wrong proves nothing. */
final class Tally {
    /** What OpsWorks CM never does: what it has accepted goes on, and no event tells of an end. */
    static final Set<String> OF_COMMANDS = names(Stream.concat(
            EnumSet.range(Fault.COMMAND_BUSY, Fault.OLD_LIST).stream(),
            EnumSet.range(Tried.PASS_FOR_AN_END, Tried.RESTORED).stream()));

    /** What the promises must withstand, besides faults. */
    enum Tried {
        DELIVERY,
        PASS,
        SENT,
        ACCEPTED,
        REFUSED_AS_BUSY,
        REFUSED_AS_FULL,
        NOT_SENT,
        CLAIM,
        CLAIM_AFTER_DOUBT,
        DOUBT,
        TAKE_OVER,
        STARTED,
        STILL_RUNNING,
        SUCCEEDED,
        FAILED_KNOWN,
        FAILED_UNKNOWN,
        ADOPTED,
        GIVEN_BACK,
        OVERTAKEN,
        LATE_COPY,
        SECOND_COPY,
        NOTIFICATION,
        DELETION,
        VERIFICATION,
        MISSED_SLOT,
        LATE_EVENT,
        PASS_FOR_AN_END,
        DELETION_FAILS,
        REFUSED_AFTERWARDS,
        ATTEMPTED_AGAIN,
        RESTORE,
        RESTORE_LOCKED_OUT,
        RESTORED
    }

    private final Map<Enum<?>, Long> counts = new HashMap<>();

    /** All that can happen but these. */
    static Set<String> allBut(Set<String> these) {
        Set<String> all =
                names(Stream.<Enum<?>[]>of(Fault.values(), Tried.values(), VerificationResult.Outcome.values())
                        .flatMap(Arrays::stream));
        all.removeAll(these);
        return all;
    }

    private static Set<String> names(Stream<? extends Enum<?>> some) {
        return some.map(Enum::name).collect(Collectors.toSet());
    }

    void count(Enum<?> what) {
        counts.merge(what, 1L, Long::sum);
    }

    void add(Tally other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    Map<String, Long> counts() {
        Map<String, Long> sorted = new TreeMap<>();
        counts.forEach((what, count) -> sorted.put(what.name(), count));
        return sorted;
    }
}
