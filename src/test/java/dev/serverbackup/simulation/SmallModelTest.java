package dev.serverbackup.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.simulation.SmallModel.Visited;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two deliveries of one event, one target, one crash and one loss (of a request, an answer or a look), in every order
 * and at every instant that makes a difference; and then quiet. The same with Run Command, where one command refuses
 * after it was accepted instead of the crash and the loss. All over the real code.
 */
class SmallModelTest {
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
    void every_state_keeps_every_promise() throws Exception {
        Visited visited = new SmallModel(BrokenRule.NONE, false).visitAll();

        assertThat(visited.violation()).isEmpty();
        assertThat(visited.states()).isEqualTo(235_598);
        Reported.print("two deliveries, one target, one crash, one loss", visited.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3 the claim is written before the call",
                "3 one claim wins",
                "3 a lease is respected",
                "3 look at the clock before sending",
                "4 no blind retry",
                "4 only a typed 4xx proves anything",
                "5 look before acting",
                "5 a failed look changes nothing",
                "8 a write names the attempt"
            })
    void without_this_rule_a_state_breaks_a_promise(String rule) throws Exception {
        Visited visited = new SmallModel(BrokenRules.all().get(rule), false).visitAll();

        assertThat(visited.violation()).isPresent();
        Reported.print(
                "without rule " + rule,
                visited.violation().get().lines().findFirst().orElseThrow());
    }

    /** Run Command: what is accepted may be refused afterwards, once, and is attempted again. */
    @Test
    void every_state_of_commands_keeps_every_promise() throws Exception {
        Visited visited = new SmallModel(BrokenRule.NONE, true).visitAll();

        assertThat(visited.violation()).isEmpty();
        assertThat(visited.states()).isGreaterThan(10_000);
        Reported.print("two deliveries, one target, commands, one refusal", visited.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7 a line counts only when its command has ended", "7 a document that refused refuses again"})
    void without_this_rule_about_commands_a_state_breaks_a_promise(String rule) throws Exception {
        Visited visited = new SmallModel(BrokenCommandRules.all().get(rule), true).visitAll();

        assertThat(visited.violation()).isPresent();
        Reported.print(
                "without rule " + rule,
                visited.violation().get().lines().findFirst().orElseThrow());
    }
}
