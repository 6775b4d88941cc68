package dev.serverbackup.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.BackupHandler;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.LocalContext;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.FunctionVariables;
import dev.serverbackup.runtime.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The follow-up as it is deployed, in Lambda's own Java runtime. */
class FollowUpRuntimeIT {
    private static final Path SCHEDULED = Path.of("events", "scheduled.json");

    @Test
    void a_pass_over_what_a_run_left_open_is_answered_with_its_report_and_an_empty_event_is_enough() throws Exception {
        FunctionProcess.assumeRuntimeRunsHere();
        try (LocalCloud cloud = LocalCloud.start(Fleet.of(
                                FleetServer.named("alpha").tagged("Backup", "nightly"),
                                FleetServer.named("bravo").tagged("Backup", "nightly"))
                        .unthrottled());
                FunctionProcess followUp = FunctionProcess.start(FunctionVariables.of(cloud), Launch.followUp())) {
            Clock clock = Clock.systemUTC();
            new BackupHandler(cloud.application(Map.of()))
                    .handleRequest(
                            EventFile.read(SCHEDULED),
                            new LocalContext("run", clock.instant().plusSeconds(600), clock));

            JsonNode report = ((Answer.Result) followUp.invoke(Files.readString(SCHEDULED))).payload();
            assertThat(report.at("/complete").asBoolean()).isTrue();
            assertThat(report.at("/entries")).isNotEmpty();

            // What the outputs of the stack tell people to send, for a pass out of turn.
            assertThat(followUp.invoke("{}")).isInstanceOf(Answer.Result.class);
        }
    }
}
