package dev.serverbackup.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.simulation.Simulation.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code -Dsimulation.seeds=1000000} plays more seeds, {@code -Dsimulation.first=20001} begins elsewhere,
 * {@code -Dsimulation.seed=4711} replays one and prints what happened.
 */
@ExtendWith(Silence.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final Optional<Long> ONE = Optional.ofNullable(Long.getLong("simulation.seed"));
    private static final long ENOUGH_TO_TRY_ALL = 5_000;
    private static final long SEEDS_FOR_A_BROKEN_RULE = 20_000;

    private final Simulation simulation = new Simulation(runsCommands());
    private final long seeds = Long.getLong("simulation.seeds", usualSeeds());

    boolean runsCommands() {
        return false;
    }

    long usualSeeds() {
        return 20_000;
    }

    Map<String, BrokenRule> brokenRules() {
        return BrokenRules.all();
    }

    /** What does not happen here. */
    Set<String> never() {
        return Tally.OF_COMMANDS;
    }

    @Test
    void every_promise_is_kept_whatever_happens() throws Exception {
        if (ONE.isPresent()) {
            Outcome outcome = simulation.play(ONE.get(), BrokenRule.NONE, true);
            System.out.println(outcome);
            assertThat(outcome.violation()).isEmpty();
            return;
        }
        Tally tally = new Tally();
        Optional<Long> broken = simulation.firstBroken(FIRST, seeds, BrokenRule.NONE, tally);

        assertThat(broken.map(seed -> simulation.play(seed, BrokenRule.NONE, true)))
                .as("mvn test -Dtest=%s -Dsimulation.seed=%d", getClass().getSimpleName(), broken.orElse(0L))
                .isEmpty();
        System.out.println("tried with " + seeds + " seeds: " + tally.counts());
        if (seeds >= ENOUGH_TO_TRY_ALL) {
            assertThat(tally.counts().keySet()).isEqualTo(Tally.allBut(never()));
        }
    }

    @Test
    void a_seed_always_gives_the_same_run() {
        for (long seed = 1; seed <= 50; seed++) {
            String once = simulation.play(seed, BrokenRule.NONE, true).trace();

            assertThat(simulation.play(seed, BrokenRule.NONE, true).trace()).isEqualTo(once);
        }
    }

    Set<String> rules() {
        return brokenRules().keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void without_this_rule_a_promise_is_broken(String rule) throws Exception {
        BrokenRule broken = brokenRules().get(rule);

        Optional<Long> seed = simulation.firstBroken(1, SEEDS_FOR_A_BROKEN_RULE, broken, new Tally());

        assertThat(seed).isPresent();
        String how = simulation.play(seed.get(), broken, false).violation().orElseThrow();
        System.out.println("without rule " + rule + ": seed " + seed.get() + ": " + how);
    }
}
