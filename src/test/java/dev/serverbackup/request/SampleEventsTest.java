package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sample events that the documents show and the local run sends, one for each way to ask. */
class SampleEventsTest {
    private static final Path EVENTS = Path.of("events");

    @Test
    void a_schedule_asks_for_the_default() throws IOException {
        assertThat(sample("scheduled.json"))
                .isEqualTo(new BackupRequest(
                        new RunId("server-backup-schedule@2026-11-22T02:00:00Z"),
                        NIGHTLY.respectingHolds(),
                        "",
                        false,
                        SampleEvents.DEFAULT_MAX_TARGETS,
                        Optional.empty(),
                        new RequestedBy(
                                "aws.events",
                                Optional.of("Scheduled Event"),
                                Optional.of("53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa")),
                        "{}"));
    }

    @Test
    void a_workflow_asks_on_the_bus() throws IOException {
        BackupRequest request = sample("on-demand.json");

        assertThat(request.runId()).hasToString("release-4711");
        assertThat(request.selector()).isEqualTo(production("\"nightly\", \"hourly\""));
        assertThat(request.description()).isEqualTo("before release 4711");
        assertThat(request.dryRun()).isFalse();
        assertThat(request.maxTargets()).isEqualTo(50);
        assertThat(request.requestedBy())
                .isEqualTo(new RequestedBy(
                        "acme.release-pipeline", Optional.of("Server Backup Requested"), Optional.of(EVENT_ID)));
    }

    @Test
    void a_schedule_of_eventbridge_scheduler_names_its_slot() throws IOException {
        BackupRequest request = sample("scheduler.json");

        assertThat(request.runId()).hasToString("hourly-prod-2026-11-22T14:00:00Z");
        assertThat(request.selector()).isEqualTo(production("\"hourly\""));
        assertThat(request.requestedBy())
                .isEqualTo(new RequestedBy("aws.scheduler", Optional.of("Server Backup Requested"), Optional.empty()));
    }

    @Test
    void a_direct_invocation_names_its_run() throws IOException {
        BackupRequest request = sample("direct.json");

        assertThat(request.runId()).hasToString("before-upgrade-2026-11-22");
        assertThat(request.requestedBy()).isEqualTo(new RequestedBy("direct", Optional.empty(), Optional.empty()));
    }

    @Test
    void servers_may_be_asked_for_by_name() throws IOException {
        assertThat(sample("by-name.json").selector().serverNames())
                .containsExactly(new ServerName("chef-automate-prod-1"), new ServerName("puppet-master-eu"));
    }

    @Test
    void a_dry_run_needs_no_name() throws IOException {
        BackupRequest request = sample("dry-run.json");

        assertThat(request.dryRun()).isTrue();
        assertThat(request.runId()).hasToString("dry-run@" + INVOCATION_ID);
    }

    @Test
    void each_sample_is_a_request() throws IOException {
        try (Stream<Path> samples = Files.list(EVENTS)) {
            for (Path file : samples.toList()) {
                assertThat(sample(file.getFileName().toString()))
                        .as(file.toString())
                        .isNotNull();
            }
        }
    }

    private static TagSelector production(String backups) {
        return SelectorReader.fromJson("""
            {"tags": {"Backup": [%s], "Environment": ["prod"]}, "excludeTags": {"BackupHold": []}}\
            """.formatted(backups));
    }

    private static BackupRequest sample(String file) throws IOException {
        return SampleEvents.read(Files.readString(EVENTS.resolve(file)));
    }
}
