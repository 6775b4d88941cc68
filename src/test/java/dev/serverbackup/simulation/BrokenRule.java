package dev.serverbackup.simulation;

import dev.serverbackup.cli.restore.RestoreRule;
import dev.serverbackup.run.Timeouts;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What a simulation is played with: the real thing, or one rule switched off from outside. */
final class BrokenRule {
    static final BrokenRule NONE = new BrokenRule();

    /** Whether each step is judged, or only what is promised: backups, and the audit when all is quiet. */
    boolean judgesEachStep = true;
    /** What becomes of the ways to the outside of deliveries. */
    Consumer<Outside> inDeliveries = _ -> {};
    /** The same of passes. */
    BiConsumer<Outside, SimulatedSystem> inPasses = (_, _) -> {};

    SimulatedTable.Condition condition = (standing, seen, _) -> SimulatedTable.Condition.real(standing, seen);
    Timeouts timeouts = Scenario.TIMEOUTS;
    /** Whether a document that has refused once makes a backup when the agent runs it again. */
    boolean documentForgetsRefusals;
    /** Rules of restores that are switched off. */
    Set<RestoreRule> withoutRules = Set.of();

    private BrokenRule() {}

    /** What follows from the broken rule is what counts, not that it is broken. */
    static BrokenRule off(Consumer<BrokenRule> change) {
        BrokenRule rule = judged(change);
        rule.judgesEachStep = false;
        return rule;
    }

    /** It does no harm that lasts: each step is judged. */
    static BrokenRule judged(Consumer<BrokenRule> change) {
        BrokenRule rule = new BrokenRule();
        change.accept(rule);
        return rule;
    }
}
