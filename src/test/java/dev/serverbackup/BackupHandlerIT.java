package dev.serverbackup;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.request.InvalidRequestException;
import dev.serverbackup.run.RunReport;
import dev.serverbackup.server.ServersUnavailableException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Each way to ask, on the fleet that comes with the project: what is reported, and what the audit holds. */
class BackupHandlerIT {
    private static final Map<String, String> WHAT_A_NIGHT_COMES_TO = Map.ofEntries(
            entry("chef-automate-archive", "FAILED"),
            entry("chef-automate-broken", "PENDING"),
            entry("chef-automate-legacy", "FAILED"),
            entry("chef-automate-nightly", "PENDING"),
            entry("chef-automate-prod-1", "STARTED"),
            entry("chef-automate-prod-2", "STARTED"),
            entry("chef-automate-staging", "STARTED"),
            entry("puppet-master-eu", "STARTED"),
            entry("puppet-master-patched", "PENDING"),
            entry("puppet-master-retired", "FAILED"),
            entry("puppet-master-staging", "STARTED"),
            entry("puppet-master-us", "STARTED"));

    @RegisterExtension
    final LocalFunction function = LocalFunction.over(FleetFile.read(Path.of("src/local/resources/fleet.json"))
            .keepingWindows(false)
            .unthrottled());

    @Test
    void a_schedule_backs_up_what_the_default_selector_says_and_tells_each_error_as_the_api_calls_it() {
        RunReport report = function.deliver(RequestEvents.byFile("scheduled.json"));

        assertThat(report.runId()).isEqualTo("server-backup-schedule@2026-11-22T02:00:00Z");
        assertThat(report.status()).isEqualTo("RUNNING");
        assertThat(report.counts()).isEqualTo(Map.of("FAILED", 3, "PENDING", 3, "STARTED", 6));
        assertThat(report.excludedCount()).isEqualTo(1);
        assertThat(report.excluded())
                .containsExactly(new RunReport.Excluded("chef-automate-held", "excluded by tag BackupHold"));
        assertThat(report.skippedCount()).isEqualTo(2);
        assertThat(report.skipped())
                .extracting(RunReport.Skipped::reason)
                .containsExactlyInAnyOrder("not a server", "not a server name");
        assertThatReportAndAuditSay(WHAT_A_NIGHT_COMES_TO, report);
        assertThat(errorOf(report, "chef-automate-archive")).isEqualTo("LimitExceededException");
        assertThat(errorOf(report, "chef-automate-legacy")).isEqualTo("ValidationException");
        assertThat(errorOf(report, "puppet-master-retired")).isEqualTo("ResourceNotFoundException");
        assertThat(List.of("chef-automate-broken", "chef-automate-nightly", "puppet-master-patched"))
                .allSatisfy(busy -> assertThat(errorOf(report, busy)).isEqualTo("InvalidStateException"));
        assertThat(function.audit().run(report.runId()))
                .containsEntry("backend", AttributeValue.fromS("opsworks-cm"))
                .containsEntry(
                        "selector",
                        AttributeValue.fromS("{\"excludeTags\":{\"BackupHold\":[]},\"tags\":{\"Backup\":[]}}"))
                .containsEntry("skippedCount", AttributeValue.fromN("2"));
    }

    /** Several execution environments with nothing in common but the audit table. */
    @Test
    void one_event_delivered_at_once_and_again_makes_one_backup_of_each_server() throws Exception {
        ScheduledEvent event = RequestEvents.byFile("by-name.json");
        CyclicBarrier together = new CyclicBarrier(4);
        List<Callable<RunReport>> deliveries = Collections.nCopies(4, () -> {
            together.await();
            return function.deliver(event);
        });
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (Future<RunReport> done : threads.invokeAll(deliveries)) {
                assertThat(done.get().targets()).isEqualTo(2);
            }
        }
        var rows = function.audit().items();

        RunReport again = function.deliver(event);

        assertThat(again.counts()).isEqualTo(Map.of("STARTED", 2));
        assertThat(function.audit().items()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(2);
        assertThat(descriptionsOf(again)).hasSize(1);
    }

    @Test
    void a_workflow_asks_on_the_bus() {
        RunReport report = function.deliver(RequestEvents.byFile("on-demand.json"));

        assertThat(report.runId()).isEqualTo("release-4711");
        assertThatReportAndAuditSay(
                Map.of(
                        "chef-automate-archive", "FAILED",
                        "chef-automate-nightly", "PENDING",
                        "chef-automate-prod-1", "STARTED",
                        "chef-automate-prod-2", "STARTED",
                        "puppet-master-eu", "STARTED",
                        "puppet-master-patched", "PENDING",
                        "puppet-master-us", "STARTED"),
                report);
        assertThat(descriptionsOf(report)).containsOnly("before release 4711 [run release-4711]");
    }

    @Test
    void servers_asked_for_by_name_are_known_by_their_tags_too() {
        RunReport report = function.deliver(RequestEvents.byFile("by-name.json"));

        assertThatReportAndAuditSay(Map.of("chef-automate-prod-1", "STARTED", "puppet-master-eu", "STARTED"), report);
        assertThat(function.calls(LocalFunction.TAGS)).hasSize(1);
        assertThat(function.audit().entry(report.runId(), "puppet-master-eu"))
                .containsKey("serverArn")
                .extractingByKey("tags")
                .satisfies(tags -> assertThat(tags.m()).containsKeys("Backup", "Environment"));
    }

    @Test
    void a_dry_run_lists_what_would_be_backed_up_and_leaves_nothing() {
        RunReport report = function.deliver(RequestEvents.byFile("dry-run.json"));

        assertThat(report.status()).isEqualTo("DRY_RUN");
        assertThat(report.counts()).isEqualTo(Map.of("DRY_RUN", 12));
        assertThat(Reports.statuses(report).keySet()).isEqualTo(WHAT_A_NIGHT_COMES_TO.keySet());
        function.with("MAX_TARGETS", "2");
        assertThatThrownBy(() -> function.deliver(RequestEvents.byFile("dry-run.json")))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refusal -> assertThat(refusal.property()).isEqualTo("detail.selector"));
        assertThat(function.calls(LocalFunction.CREATE)).isEmpty();
        assertThat(function.calls(LocalFunction.DESCRIBE)).isEmpty();
        assertThat(function.audit().items()).isEmpty();
    }

    @Test
    void tags_that_cannot_be_read_for_a_moment_are_read_again() {
        CallPattern tags = CallPattern.of(LocalFunction.TAGS);
        function.faults().next(1, tags, Fault.throttled());
        function.faults().next(1, tags, Fault.unavailable());
        function.faults().next(1, tags, new Fault.LoseAnswer());

        assertThat(function.deliver(RequestEvents.byFile("dry-run.json")).counts())
                .isEqualTo(Map.of("DRY_RUN", 12));
    }

    @Test
    void a_run_that_fails_still_writes_its_metrics() {
        function.faults().always(CallPattern.of(LocalFunction.TAGS), Fault.accessDenied());

        try (var printed = new PrintedLines()) {
            assertThatThrownBy(() -> function.deliver(RequestEvents.byFile("scheduled.json")))
                    .isInstanceOf(ServersUnavailableException.class);

            assertThat(printed.measured())
                    .extracting(counts -> counts.path("Started").asInt(-1))
                    .containsExactly(0);
        }
    }

    private void assertThatReportAndAuditSay(Map<String, String> statuses, RunReport report) {
        assertThat(Reports.statuses(report)).isEqualTo(statuses);
        assertThat(function.audit().statuses(report.runId())).isEqualTo(statuses);
        assertThat(function.audit().run(report.runId()))
                .containsEntry("status", AttributeValue.fromS(report.status()))
                .containsEntry("targetCount", AttributeValue.fromN(Integer.toString(statuses.size())));
    }

    private static String errorOf(RunReport report, String serverName) {
        return Reports.lineOf(report, serverName).errorType();
    }

    private Set<String> descriptionsOf(RunReport report) {
        return function.manualBackups().stream()
                .map(StoredBackup::description)
                .filter(description -> description.endsWith("[run " + report.runId() + "]"))
                .collect(Collectors.toSet());
    }
}
