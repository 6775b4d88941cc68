package dev.serverbackup.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.simulation.Simulation.Outcome;
import dev.serverbackup.simulation.Tally.Tried;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same promises where Run Command makes the backups: it locks no server and shows commands late, so that the
 * adapter's look before it sends may miss another's command, and a command of a dead agent stays in progress for hours.
 * The end of one starts a pass over its server, or two, or none. {@code -Dsimulation.seeds} and {@code
 * -Dsimulation.first} as for the other.
 */
class RunCommandSimulationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 5_000);
    private static final long FIRST = Long.getLong("simulation.first", 1);

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
    void every_promise_is_kept_whatever_happens() {
        Tally tally = new Tally();

        Optional<Outcome> broken = LongStream.range(FIRST, FIRST + SEEDS)
                .mapToObj(seed -> Simulation.play(seed, BrokenRule.NONE, false, true))
                .peek(outcome -> tally.add(outcome.tally()))
                .filter(outcome -> outcome.violation().isPresent())
                .findFirst();

        assertThat(broken.map(outcome -> Simulation.play(outcome.seed(), BrokenRule.NONE, true, true)))
                .isEmpty();
        Reported.print("tried with " + SEEDS + " seeds", tally.counts().toString());
        assertThat(tally.counts()).containsKeys(Tried.OF_COMMANDS.toArray(Tried[]::new));
    }

    static List<String> rules() {
        return List.copyOf(BrokenCommandRules.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void without_this_rule_a_promise_is_broken(String rule) {
        BrokenRule broken = BrokenCommandRules.all().get(rule);

        Optional<Outcome> found = LongStream.rangeClosed(1, 20_000)
                .mapToObj(seed -> Simulation.play(seed, broken, false, true))
                .filter(outcome -> outcome.violation().isPresent())
                .findFirst();

        assertThat(found).isPresent();
        Reported.print(
                "without rule " + rule,
                "seed " + found.get().seed() + ": " + found.get().violation().get());
    }

    /** A rule that is broken must show here too. */
    @Test
    void with_blind_retries_a_promise_is_broken() {
        BrokenRule blind = BrokenRules.all().get("4 no blind retry");

        assertThat(LongStream.rangeClosed(1, 20_000)
                        .mapToObj(seed -> Simulation.play(seed, blind, false, true))
                        .filter(outcome -> outcome.violation().isPresent())
                        .findFirst())
                .isPresent();
    }

    /** Here an accepted deletion may fail: what is recorded when it is accepted may be a lie. */
    @Test
    void with_a_deletion_recorded_when_it_is_accepted_a_promise_is_broken() {
        BrokenRule credulous = BrokenRules.all().get("retention: only an accepted deletion is recorded");

        assertThat(LongStream.rangeClosed(1, 20_000)
                        .mapToObj(seed -> Simulation.play(seed, credulous, false, true))
                        .filter(outcome -> outcome.violation().isPresent())
                        .findFirst())
                .isPresent();
    }
}
