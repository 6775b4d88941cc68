package dev.serverbackup.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.FunctionVariables;
import dev.serverbackup.runtime.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The follow-up as it is deployed, in Lambda's own Java runtime, after a run in another process of it. */
class FollowUpRuntimeIT {
    private LocalCloud cloud;

    @BeforeEach
    void start() {
        FunctionProcess.assumeRuntimeRunsHere();
        cloud = LocalCloud.start(Fleet.of(
                        FleetServer.named("alpha").tagged("Backup", "nightly"),
                        FleetServer.named("bravo").tagged("Backup", "nightly"))
                .unthrottled());
    }

    @AfterEach
    void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void a_pass_over_what_a_run_left_open_is_answered_with_its_report() throws Exception {
        String schedule = Files.readString(Path.of("events", "scheduled.json"));
        try (var run = FunctionProcess.start(FunctionVariables.of(cloud));
                var followUp = FunctionProcess.start(FunctionVariables.of(cloud), Launch.followUp())) {
            assertThat(run.invoke(schedule)).isInstanceOf(Answer.Result.class);

            JsonNode report = ((Answer.Result) followUp.invoke(schedule)).payload();

            assertThat(report.at("/complete").asBoolean()).isTrue();
            assertThat(report.at("/entries")).isNotEmpty();
        }
    }

    /** What the outputs of the stack tell people to send, for a pass out of turn. */
    @Test
    void an_empty_event_is_enough() throws Exception {
        try (var followUp = FunctionProcess.start(FunctionVariables.of(cloud), Launch.followUp())) {
            assertThat(followUp.invoke("{}")).isInstanceOf(Answer.Result.class);
        }
    }
}
