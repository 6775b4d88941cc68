package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.local.eventbridge.BusEvent;
import dev.serverbackup.local.http.Call;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.request.ServerName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.Ruler;

/** What Systems Manager tells of a command takes its entry on, through the template's rule. The clock stands still. */
class CommandEndIT {
    private static final ServerName WIKI = InstancesStage.server("wiki");
    private static final ServerName PUPPET = InstancesStage.server("puppet-prod");

    private final InstancesStage stage = new InstancesStage(Map.of());

    /** What the rule chooses of all that was told of a server's commands. */
    private List<BusEvent> chosen(ServerName server) {
        return stage.toldOf(server).stream().filter(this::isChosen).toList();
    }

    private boolean isChosen(BusEvent event) {
        try {
            return Ruler.matchesRule(stage.envelope(event), EndRuleTest.PATTERN);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** For a storm of ends: no figures are measured, and no other server is asked for. */
    @Test
    void the_end_of_a_command_alone_is_chosen_and_makes_its_entry_succeed_at_once_with_two_calls() {
        try (stage) {
            stage.run("nightly");
            assertThat(stage.toldOf(WIKI)).hasSizeGreaterThan(1);
            assertThat(chosen(WIKI))
                    .extracting(event -> event.parsedDetail().get("status").textValue())
                    .containsExactly("Success");
            int before = calls().size();

            FollowUpReport report = stage.pass(chosen(WIKI).getFirst());

            assertThat(report.entries()).isEqualTo(Map.of("SUCCEEDED", 1));
            assertThat(stage.entry("nightly", WIKI).status()).isEqualTo(EntryStatus.SUCCEEDED);
            assertThat(stage.entry("nightly", WIKI).finishedAt()).contains(Samples.TWO_O_CLOCK);
            assertThat(stage.entry("nightly", PUPPET).status()).isEqualTo(EntryStatus.STARTED);
            assertThat(calls().subList(before, calls().size()))
                    .extracting(Call::operation)
                    .containsExactly("ListCommands", "GetCommandInvocation", "PutEvents");
        }
    }

    private List<Call> calls() {
        return stage.cloud.aws().calls().matching(CallPattern.any());
    }
}
