package dev.serverbackup.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.simulation.SmallModel.Visited;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two deliveries of one event, one target, one crash and one loss (of a request, an answer or a look), in every order
 * and at every instant that makes a difference; and then quiet. The same with Run Command, where one command refuses
 * after it was accepted, and is attempted again, instead of the crash and the loss. All over the real code. A search
 * takes all cores, and its states much memory: one at a time.
 */
@ExtendWith(Silence.class)
@Execution(ExecutionMode.SAME_THREAD)
class SmallModelTest {
    @Test
    void every_state_keeps_every_promise() throws Exception {
        Visited visited = new SmallModel(BrokenRule.NONE, false).visitAll();

        assertThat(visited.violation()).isEmpty();
        assertThat(visited.states()).isEqualTo(235_598);
        System.out.println("two deliveries, one target, one crash, one loss: " + visited);
    }

    @Test
    void every_state_of_commands_keeps_every_promise() throws Exception {
        Visited visited = new SmallModel(BrokenRule.NONE, true).visitAll();

        assertThat(visited.violation()).isEmpty();
        assertThat(visited.states()).isGreaterThan(10_000);
        System.out.println("two deliveries, one target, commands, one refusal: " + visited);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        3 the claim is written before the call             | false
        3 one claim wins                                   | false
        3 a lease is respected                             | false
        3 look at the clock before sending                 | false
        4 no blind retry                                   | false
        4 only a typed 4xx proves anything                 | false
        5 look before acting                               | false
        5 a failed look changes nothing                    | false
        8 a write names the attempt                        | false
        7 a line counts only when its command has ended    | true
        7 a document that refused refuses again            | true
        """)
    void without_this_rule_a_state_breaks_a_promise(String rule, boolean aboutCommands) throws Exception {
        var rules = aboutCommands ? BrokenRules.ofCommands() : BrokenRules.all();

        Visited visited = new SmallModel(rules.get(rule), aboutCommands).visitAll();

        assertThat(visited.violation()).isPresent();
        System.out.println("without rule " + rule + ": "
                + visited.violation().get().lines().findFirst().orElseThrow());
    }
}
