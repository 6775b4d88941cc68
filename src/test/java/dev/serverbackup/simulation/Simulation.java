package dev.serverbackup.simulation;

import java.util.Optional;

/** Plays seeds. A seed always gives the same run. */
final class Simulation {
    private Simulation() {}

    /**
     * How a seed ended.
     *
     * @param trace empty unless asked for
     */
    record Outcome(long seed, Optional<String> violation, Tally tally, String trace) {
        @Override
        public String toString() {
            return """
                seed %d: %s
                replay: mvn test -Dtest=SimulationTest -Dsimulation.seed=%d
                %s\
                """.formatted(seed, violation.orElse("kept every promise"), seed, trace);
        }
    }

    static Outcome play(long seed, BrokenRule broken, boolean traced) {
        return play(seed, broken, traced, false);
    }

    /** @param runsCommands whether the backend is Run Command instead of OpsWorks CM */
    static Outcome play(long seed, BrokenRule broken, boolean traced, boolean runsCommands) {
        Trace trace = new Trace(traced);
        World world = new World(seed, trace);
        Optional<String> violation = Optional.empty();
        try {
            new Scenario(world, broken, runsCommands).play();
        } catch (Violation broke) {
            violation = Optional.of(broke.getMessage());
        } finally {
            world.end();
        }
        return new Outcome(seed, violation, world.tally, trace.toString());
    }
}
