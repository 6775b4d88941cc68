package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.request.RunId;
import dev.serverbackup.run.RunReport;
import dev.serverbackup.server.ServersUnavailableException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The run on the fleet that comes with the project: what is reported, and what the audit holds. */
class BackupHandlerIT {
    private static final CallPattern TAGS = CallPattern.of("GetResources");

    @AutoClose
    private final LocalApplication app = LocalApplication.over(Map.of(), LocalApplication.SAMPLES);

    private static ScheduledEvent byFile(String name) {
        return EventFile.read(Path.of("events", name));
    }

    private List<Entry> entries(RunReport report) {
        return app.audit.entries(new RunId(report.runId()));
    }

    @Test
    void a_schedule_backs_up_what_the_default_selector_says_and_tells_each_error_as_the_api_calls_it() {
        RunReport report = app.deliver(byFile("scheduled.json"));

        assertThat(report.runId()).isEqualTo("server-backup-schedule@2026-11-22T02:00:00Z");
        assertThat(report.status()).isEqualTo("RUNNING");
        assertThat(report.excluded())
                .containsExactly(new RunReport.Excluded("chef-automate-held", "excluded by tag BackupHold"));
        assertThat(report.skippedCount()).isEqualTo(2);
        assertThat(report.skipped())
                .extracting(RunReport.Skipped::reason)
                .containsExactlyInAnyOrder("not a server", "not a server name");
        assertThat(report.servers().stream()
                        .map(line -> line.serverName() + " " + line.status() + " " + line.errorType()))
                .containsExactlyInAnyOrder(
                        "chef-automate-archive FAILED LimitExceededException",
                        "chef-automate-broken PENDING InvalidStateException",
                        "chef-automate-legacy FAILED ValidationException",
                        "chef-automate-nightly PENDING InvalidStateException",
                        "chef-automate-prod-1 STARTED null",
                        "chef-automate-prod-2 STARTED null",
                        "chef-automate-staging STARTED null",
                        "puppet-master-eu STARTED null",
                        "puppet-master-patched PENDING InvalidStateException",
                        "puppet-master-retired FAILED ResourceNotFoundException",
                        "puppet-master-staging STARTED null",
                        "puppet-master-us STARTED null");
        assertThat(entries(report).stream().map(entry -> entry.serverName() + " " + entry.status()))
                .isEqualTo(report.servers().stream()
                        .map(line -> line.serverName() + " " + line.status())
                        .sorted()
                        .toList());
        assertThat(app.item(report.runId(), "run"))
                .containsEntry("backend", AttributeValue.fromS("opsworks-cm"))
                .containsEntry(
                        "selector",
                        AttributeValue.fromS("{\"excludeTags\":{\"BackupHold\":[]},\"tags\":{\"Backup\":[]}}"))
                .containsEntry("targetCount", AttributeValue.fromN("12"))
                .containsEntry("skippedCount", AttributeValue.fromN("2"));
    }

    /** Several execution environments with nothing in common but the audit table. */
    @Test
    void one_event_delivered_at_once_and_again_makes_one_backup_of_each_server() throws Exception {
        ScheduledEvent event = byFile("by-name.json");
        CyclicBarrier together = new CyclicBarrier(4);
        List<Callable<RunReport>> deliveries = Collections.nCopies(4, () -> {
            together.await();
            return app.deliverElsewhere(event);
        });
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (Future<RunReport> done : threads.invokeAll(deliveries)) {
                assertThat(done.get().targets()).isEqualTo(2);
            }
        }

        RunReport again = app.deliver(event);

        assertThat(again.counts()).isEqualTo(Map.of("STARTED", 2));
        assertThat(entries(again))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.status()).isEqualTo(EntryStatus.STARTED));
        assertThat(app.calls(CallPattern.of("CreateBackup"))).hasSize(2);
    }

    @Test
    void tags_that_cannot_be_read_for_a_moment_are_read_again() {
        app.cloud.aws().faults().next(1, TAGS, Fault.throttled());
        app.cloud.aws().faults().next(1, TAGS, Fault.unavailable());
        app.cloud.aws().faults().next(1, TAGS, new Fault.LoseAnswer());

        assertThat(app.deliver(byFile("dry-run.json")).counts()).isEqualTo(Map.of("DRY_RUN", 12));
    }

    @Test
    void a_run_that_fails_still_writes_its_metrics() {
        app.cloud.aws().faults().always(TAGS, Fault.accessDenied());

        try (var printed = new PrintedLines()) {
            assertThatThrownBy(() -> app.run("nightly")).isInstanceOf(ServersUnavailableException.class);

            assertThat(printed.measured())
                    .extracting(counts -> counts.path("Started").asInt(-1))
                    .containsExactly(0);
        }
    }
}
