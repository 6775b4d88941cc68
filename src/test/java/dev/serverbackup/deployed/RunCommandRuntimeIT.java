package dev.serverbackup.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import dev.serverbackup.local.systemsmanager.StatusEvent;
import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.FunctionVariables;
import dev.serverbackup.runtime.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Run and follow-up as they are deployed, where Run Command makes the backups. */
class RunCommandRuntimeIT {
    /** In the form of Systems Manager's page on its events. */
    private static final String COMMAND_ENDED = """
        {"version": "0", "id": "51c0891d-0e34-45b1-83d6-95db273d1602", "detail-type": "%s", "source": "aws.ssm",
         "account": "123456789012", "time": "2026-11-22T02:10:32Z", "region": "us-east-1",
         "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f60001"],
         "detail": {"command-id": "e8d3c0e4-71f7-4491-898f-c9b35bee5f3b", "document-name": "backup",
          "instance-id": "i-0a1b2c3d4e5f60001", "requested-date-time": "2026-11-22T02:00:04.123Z", "status": "Success"}}\
        """.formatted(StatusEvent.DETAIL_TYPE);

    @Test
    void the_event_of_an_ended_command_hastens_the_look_at_its_server_and_the_schedule_finds_the_others()
            throws Exception {
        FunctionProcess.assumeRuntimeRunsHere();
        String schedule = Files.readString(Path.of("events", "scheduled.json"));
        try (LocalCloud cloud = LocalCloud.start(FleetFile.read(Path.of("src/local/resources/fleet.json"))
                .onlyInstances()
                .unthrottled())) {
            Map<String, String> variables = FunctionVariables.of(cloud);
            variables.putAll(SampleDocuments.settings(cloud.commands()));
            try (var run = FunctionProcess.start(variables);
                    var followUp = FunctionProcess.start(variables, Launch.followUp())) {
                assertThat(run.invoke(schedule)).isInstanceOf(Answer.Result.class);
                cloud.commands().awaitEnd();

                assertThat(succeeded(followUp.invoke(COMMAND_ENDED))).isEqualTo(1);
                assertThat(succeeded(followUp.invoke(schedule))).isEqualTo(3);
                // What the outputs of the stack tell people to send, for a pass out of turn.
                assertThat(followUp.invoke("{}")).isInstanceOf(Answer.Result.class);
            }
        }
    }

    private static int succeeded(Answer report) {
        return ((Answer.Result) report).payload().at("/entries/SUCCEEDED").intValue();
    }
}
