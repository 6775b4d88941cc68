package dev.serverbackup.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.simulation.Simulation.Outcome;
import dev.serverbackup.simulation.Tally.Tried;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code -Dsimulation.seeds=1000000} plays more seeds, {@code -Dsimulation.first=20001} begins elsewhere,
 * {@code -Dsimulation.seed=4711} replays one and prints what happened.
 */
class SimulationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 20_000);
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final Optional<Long> ONE = Optional.ofNullable(Long.getLong("simulation.seed"));
    private static final long SEEDS_FOR_A_BROKEN_RULE = 20_000;

    private static Silence silence;

    @BeforeAll
    static void silence_the_log() {
        silence = new Silence();
    }

    @AfterAll
    static void let_the_log_speak() {
        silence.close();
    }

    @Test
    void every_promise_is_kept_whatever_happens() throws Exception {
        if (ONE.isPresent()) {
            replay(ONE.get());
            return;
        }
        Tally tally = new Tally();
        Optional<Long> broken = firstBroken(FIRST, SEEDS, BrokenRule.NONE, tally);

        assertThat(broken.map(seed -> Simulation.play(seed, BrokenRule.NONE, true)))
                .isEmpty();
        Reported.print("tried with " + SEEDS + " seeds", tally.counts().toString());
        if (SEEDS >= 10_000) {
            assertThat(tally.counts())
                    .containsOnlyKeys(EnumSet.complementOf(Tried.OF_COMMANDS).toArray(Tried[]::new));
        }
    }

    private static void replay(long seed) {
        Outcome outcome = Simulation.play(seed, BrokenRule.NONE, true);
        System.out.println(outcome);
        assertThat(outcome.violation()).isEmpty();
    }

    @Test
    void a_seed_always_gives_the_same_run() {
        for (long seed = 1; seed <= 50; seed++) {
            String once = Simulation.play(seed, BrokenRule.NONE, true).trace();

            assertThat(Simulation.play(seed, BrokenRule.NONE, true).trace()).isEqualTo(once);
        }
    }

    static List<String> rules() {
        return List.copyOf(BrokenRules.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void without_this_rule_a_promise_is_broken(String rule) throws Exception {
        BrokenRule broken = BrokenRules.all().get(rule);

        Optional<Long> seed = firstBroken(1, SEEDS_FOR_A_BROKEN_RULE, broken, new Tally());

        assertThat(seed).isPresent();
        String how = Simulation.play(seed.get(), broken, false).violation().orElseThrow();
        Reported.print("without rule " + rule, "seed " + seed.get() + ": " + how);
    }

    /** On as many virtual threads as there are processors; of several broken seeds the lowest. */
    private static Optional<Long> firstBroken(long first, long seeds, BrokenRule rule, Tally tally)
            throws InterruptedException, ExecutionException {
        AtomicLong next = new AtomicLong(first);
        AtomicLong broken = new AtomicLong(Long.MAX_VALUE);
        Callable<Tally> player = () -> {
            Tally own = new Tally();
            for (long seed = next.getAndIncrement();
                    seed < first + seeds && seed < broken.get();
                    seed = next.getAndIncrement()) {
                Outcome outcome = Simulation.play(seed, rule, false);
                own.add(outcome.tally());
                if (outcome.violation().isPresent()) {
                    broken.accumulateAndGet(seed, Math::min);
                }
            }
            return own;
        };
        List<Callable<Tally>> players = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            players.add(player);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var played : threads.invokeAll(players)) {
                tally.add(played.get());
            }
        }
        return broken.get() == Long.MAX_VALUE ? Optional.empty() : Optional.of(broken.get());
    }
}
