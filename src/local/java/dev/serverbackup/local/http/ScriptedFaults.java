package dev.serverbackup.local.http;

import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The scripted faults. Rules are checked in the order in which they were given, and the first that chooses a call
 * decides; a rule counts only the calls that reached it, so two {@code next} rules for the same calls follow one
 * another. Thread-safe; may be changed while calls are under way.
 */
public final class ScriptedFaults {

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    /** The next {@code calls} calls of that pattern. */
    public void next(int calls, CallPattern pattern, Fault fault) {
        rules.add(new Rule(pattern, (call, count) -> count <= calls, fault, "the first " + calls, calls));
    }

    /** Only the {@code n}th call of that pattern from now, counted from 1. */
    public void nth(int n, CallPattern pattern, Fault fault) {
        rules.add(new Rule(pattern, (call, count) -> count == n, fault, "number " + n, n));
    }

    public void always(CallPattern pattern, Fault fault) {
        rules.add(new Rule(pattern, (call, count) -> true, fault, "all", Integer.MAX_VALUE));
    }

    /**
     * A share of the calls, in percent. Whether a call is chosen depends on the seed, the operation, the server and how
     * often this operation was called for this server; never on how calls for different servers interleave.
     */
    public void share(int percent, long seed, CallPattern pattern, Fault fault) {
        var counts = new HashMap<String, Integer>();
        rules.add(new Rule(
                pattern,
                (call, count) -> {
                    var nth = counts.merge(call, 1, Integer::sum);
                    return new SplittableRandom(Objects.hash(seed, call, nth)).nextInt(100) < percent;
                },
                fault,
                percent + " %",
                Integer.MAX_VALUE));
    }

    /**
     * A rule that may still choose a call.
     *
     * @param when which of the calls of that pattern
     * @param reached how many of them there were so far
     */
    public record Active(CallPattern pattern, Fault fault, String when, int reached) {}

    /** The rules that may still choose a call, in the order in which they are asked. */
    public synchronized List<Active> active() {
        return rules.stream()
                .filter(rule -> rule.count < rule.last)
                .map(rule -> new Active(rule.pattern, rule.fault, rule.when, rule.count))
                .toList();
    }

    /** Nothing goes wrong any more; calls that are already held up stay so. */
    public void clear() {
        rules.clear();
    }

    /** What happens to this call; to be asked once per call, in the order of arrival. */
    synchronized Optional<Fault> of(String operation, Optional<String> serverName) {
        return rules.stream()
                .filter(rule -> rule.chooses(operation, serverName))
                .findFirst()
                .map(rule -> rule.fault);
    }

    private interface Choice {
        boolean chooses(String call, int count);
    }

    private static final class Rule {

        private final CallPattern pattern;
        private final Choice choice;
        private final Fault fault;
        private final String when;
        private final int last;
        private int count;

        Rule(CallPattern pattern, Choice choice, Fault fault, String when, int last) {
            this.pattern = pattern;
            this.choice = choice;
            this.fault = fault;
            this.when = when;
            this.last = last;
        }

        boolean chooses(String operation, Optional<String> serverName) {
            if (!pattern.matches(operation, serverName)) {
                return false;
            }
            count++;
            return choice.chooses(operation + " " + serverName.orElse(""), count);
        }
    }
}
