package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.Application;
import dev.serverbackup.BackupHandler;
import dev.serverbackup.FollowUpHandler;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Retention where a deletion is a command, which really runs, and may fail. */
class InstanceRetentionIT {
    private static final String FLEET = """
        {"instances": [{"id": "i-0123456789abcdef0", "tags": {"Backup": "nightly", "BackupEngine": "generic"},
          "scripts": {"backup": "#!/bin/sh\\necho data >\\"$1/data\\"\\n"}}]}\
        """;

    private final OffsetClock clock = new OffsetClock();
    private LocalCloud cloud;
    private Application application;

    @BeforeEach
    void start() {
        cloud = LocalCloud.start(FleetFile.parse(FLEET).unthrottled(), clock);
        Map<String, String> settings = SampleDocuments.settings(cloud.commands());
        settings.put("RETAINED_BACKUPS", "1");
        application = cloud.application(settings, clock);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private LocalContext context() {
        return new LocalContext("invocation", clock.instant().plus(Duration.ofMinutes(15)), clock);
    }

    /** A run, and the pass that takes it to its end. */
    private void backUp(String requestId) throws InterruptedException {
        ScheduledEvent asked = new ScheduledEvent();
        asked.setSource("test");
        asked.setDetailType("Server Backup Requested");
        asked.setDetail(Map.of("requestId", requestId, "selector", Map.of("tags", Map.of("Backup", List.of()))));
        new BackupHandler(application).handleRequest(asked, context());
        cloud.commands().awaitEnd();
        clock.forward(Duration.ofMinutes(5));
        new FollowUpHandler(application).handleRequest(new ScheduledEvent(), context());
    }

    private Map<String, AttributeValue> entry(String requestId) {
        return DemoReport.items(cloud, requestId).stream()
                .filter(item -> item.get("entry").s().startsWith("server#"))
                .findFirst()
                .orElseThrow();
    }

    private static Path artefact(Map<String, AttributeValue> entry) {
        return Path.of(entry.get("backup").m().get("Artefact").s());
    }

    @Test
    void an_artefact_is_on_record_as_deleted_once_it_is_gone() throws Exception {
        backUp("first");
        backUp("second");
        assertThat(entry("first")).containsKey("deletingAt").doesNotContainKey("deletedAt");
        cloud.commands().awaitEnd();
        assertThat(artefact(entry("first"))).doesNotExist();
        assertThat(artefact(entry("second"))).exists();

        backUp("third");

        assertThat(entry("first")).containsKeys("deletingAt", "deletedAt").doesNotContainKey("deleteError");
        assertThat(artefact(entry("third"))).exists();
    }
}
