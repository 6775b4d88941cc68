package dev.serverbackup.simulation;

import java.util.Map;
import java.util.Set;

/**
 * The same promises where Run Command makes the backups: it locks no server and shows commands late, so that the
 * adapter's look before it sends may miss another's command, and a command of a dead agent stays in progress for hours.
 * The end of one starts a pass over its server, or two, or none.
 */
class RunCommandSimulationTest extends SimulationTest {
    @Override
    boolean runsCommands() {
        return true;
    }

    @Override
    long usualSeeds() {
        return 5_000;
    }

    @Override
    Map<String, BrokenRule> brokenRules() {
        return BrokenRules.ofCommands();
    }

    /** Run Command has no limit of manual backups. */
    @Override
    Set<String> never() {
        return Set.of("REFUSED_AS_FULL");
    }
}
