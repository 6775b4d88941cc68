package dev.serverbackup.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.systemsmanager.SampleInstances;
import dev.serverbackup.local.tagging.TaggedResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both functions as they are deployed, where people run their servers themselves: each call to Systems Manager. */
class InstancesRuntimeIT {
    private LocalCloud cloud;

    @BeforeEach
    void start() {
        FunctionProcess.assumeRuntimeRunsHere();
        Fleet none = Fleet.of();
        cloud = LocalCloud.start(none.alsoListing(SampleInstances.all().stream()
                .map(one -> one.listed(none.arns().region(), none.arns().accountId()))
                .toArray(TaggedResource[]::new)));
        SampleInstances.into(cloud.commands());
    }

    @AfterEach
    void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void commands_are_sent_and_their_ends_are_found() throws Exception {
        String schedule = Files.readString(Path.of("events", "scheduled.json"));
        try (var run = FunctionProcess.start(variables());
                var followUp = FunctionProcess.start(variables(), "dev.serverbackup.FollowUpHandler::handleRequest")) {
            JsonNode started = ((Answer.Result) run.invoke(schedule)).payload();
            cloud.commands().awaitEnd();
            JsonNode pass = ((Answer.Result) followUp.invoke(schedule)).payload();

            assertThat(started.at("/counts/STARTED").intValue()).isEqualTo(4);
            assertThat(cloud.commands().commands()).hasSize(4);
            assertThat(pass.at("/entries/SUCCEEDED").intValue())
                    .as(pass.toString())
                    .isEqualTo(3);
        }
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(FunctionVariables.of(cloud));
        variables.put("BACKUP_BACKEND", "systems-manager");
        variables.put("BACKUP_DOCUMENTS", SampleInstances.DOCUMENTS);
        variables.put("BACKUP_DESTINATION", cloud.commands().root("artefacts").toString());
        return variables;
    }
}
