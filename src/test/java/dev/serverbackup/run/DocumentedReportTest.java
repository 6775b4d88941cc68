package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.DocumentPage;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.audit.Target;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Excerpt;
import dev.serverbackup.server.ExcludedServer;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.SkippedResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The samples in docs/report.md are what Lambda's own serialiser makes of reports. */
class DocumentedReportTest {
    private static final DocumentPage PAGE = DocumentPage.read("docs/report.md");

    private static final Server CHEF = instance("i-0a1b2c3d4e5f60001", Map.of("Name", "chef-automate-prod"));
    private static final Server PUPPET = instance("i-0a1b2c3d4e5f60002", Map.of("Name", "puppet-prod"));
    private static final Server TERMINATED = instance("i-0a1b2c3d4e5f60003", Map.of());

    private static final BackupError BACKING_UP = BackupError.known(
            ErrorType.INVALID_STATE,
            "the server is BACKING_UP: command 5c8a1f6e-2b7d-4e0a-9c35-7d1f60a2b4c8 of"
                    + " i-0a1b2c3d4e5f60002-20261122010004418 has not ended");
    private static final BackupError GONE = BackupError.known(
            ErrorType.RESOURCE_NOT_FOUND, "there is no instance i-0a1b2c3d4e5f60003 any more: EC2 calls it terminated");

    private static Server instance(String id, Map<String, String> tags) {
        return new Server(
                new ServerName(id), Optional.of("arn:aws:ec2:eu-central-1:123456789012:instance/" + id), tags);
    }

    private static Run run(Server... servers) {
        BackupRequest request = request(new RunId("release-4711"));
        return new Run(
                request.runId(),
                request.hash(),
                request.asked(),
                request.description(),
                request.requestedBy(),
                BackupBackend.SYSTEMS_MANAGER,
                request.selector().json(),
                List.of(servers).stream()
                        .map(server -> new Target(server.name(), server.arn()))
                        .toList(),
                Excerpt.of(List.of(
                        new ExcludedServer(new ServerName("i-0a1b2c3d4e5f60004"), "excluded by tag BackupHold"))),
                Excerpt.of(List.<SkippedResource>of()),
                RunStatus.RUNNING,
                new TreeMap<>(),
                TWO_O_CLOCK);
    }

    private static Backup backupOfChef() {
        return Backup.of(Map.of(
                Backup.ID, "i-0a1b2c3d4e5f60001-20261122020001342",
                Backup.SERVER, CHEF.name().value(),
                Backup.STATUS, "IN_PROGRESS"));
    }

    private static <T> JsonNode answered(T report, Class<T> type) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        JacksonFactory.getInstance().getSerializer(type).toJson(report, json);
        return new ObjectMapper().readTree(json.toByteArray());
    }

    @Test
    void of_a_run() throws IOException {
        RunReport report = RunReport.of(
                run(CHEF, PUPPET, TERMINATED),
                List.of(
                        claimed(CHEF).started(backupOfChef(), TWO_O_CLOCK),
                        claimed(PUPPET).givenBack(Optional.of(BACKING_UP), TWO_O_CLOCK),
                        claimed(TERMINATED).failed(GONE, TWO_O_CLOCK)));

        assertThat(answered(report, RunReport.class)).isEqualTo(PAGE.json().getFirst());
    }

    @Test
    void of_the_follow_up() throws IOException {
        FollowUpReport report =
                new FollowUpReport(5, Map.of("STARTED", 1, "SUCCEEDED", 2), 2, 0, 0, 0, 3, 0, 1, 0, 1, 1, true);

        assertThat(answered(report, FollowUpReport.class)).isEqualTo(PAGE.json().getLast());
    }
}
