package dev.serverbackup.local.opsworkscm.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random sequences of calls, with time passing between them, on the service and on a small model of its documents: each
 * answer and each state must be the same. What a sequence that fails says, it says in its shortest form.
 */
class RandomSequencesTest {

    private static final Map<String, Integer> MET = new HashMap<>();

    @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void service_and_model_agree_after_every_step(@ForAll("sequences") List<Step> sequence) {
        var comparison = new Comparison();
        for (var step : sequence) {
            MET.merge(step.kind() + " " + comparison.take(step), 1, Integer::sum);
        }
    }

    /** Sequences that never met an error would prove little about it. */
    @AfterContainer
    static void every_answer_that_the_model_can_give_was_met() {
        assertThat(new TreeMap<>(MET)).hasSize(53);
    }

    @Provide
    Arbitrary<List<Step>> sequences() {
        // Time passes, and servers are there to be called, more often than chance would have it.
        var kinds = Arbitraries.frequencyOf(
                Tuple.of(7, Arbitraries.just(Step.Kind.PASS)),
                Tuple.of(3, Arbitraries.just(Step.Kind.CREATE_SERVER)),
                Tuple.of(3, Arbitraries.just(Step.Kind.CREATE_BACKUP)),
                Tuple.of(14, Arbitraries.of(Step.Kind.class)));
        var servers = Arbitraries.of(0, 0, 0, 0, 1, 1, 1, 2);
        var picks = Arbitraries.integers().between(0, 9);
        return Combinators.combine(kinds, servers, picks)
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(40);
    }
}
