package dev.serverbackup.followup;

import static dev.serverbackup.InMemoryApplication.QUARTER;
import static dev.serverbackup.InMemoryApplication.policy;
import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.run.LogCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
class HealthMetricsTest {
    private final InMemoryApplication app = new InMemoryApplication(policy("1"));

    private HealthMetrics health() {
        return health(app.repository);
    }

    private HealthMetrics health(FollowUpRepository repository) {
        return new HealthMetrics(
                app.dependencies(), repository, app.deletions, app.rateLimiter(), app.deadline(QUARTER));
    }

    /** Alpha's run ends with this entry, and a query would find that its last success was so long ago. */
    private void endsAfter(Duration lastSuccess, Entry entry) {
        Run run = run(entry.runId(), List.of(ALPHA));
        Instant at = app.now().minus(lastSuccess);
        app.audit.open(run);
        health(new ForwardingFollowUpRepository(app.repository) {
                    @Override
                    public Optional<Instant> withoutSuccessSince(ServerName server) {
                        return Optional.of(at);
                    }
                })
                .lastSuccesses(run.standing(RunStatus.SUCCEEDED, Map.of(EntryStatus.SUCCEEDED, 1)));
    }

    @Test
    void what_is_open_and_the_limit_of_manual_backups_are_measured() {
        app.success(ALPHA);
        app.service.servers().limitManualBackupsTo(50);
        app.open(ALPHA, BRAVO);
        app.later(Duration.ofMinutes(7));

        health().openEntries();
        health().manualBackups();

        assertThat(app.measured).containsExactly("open 3, oldest PT7M", "manual 1 of 50");
    }

    @Test
    void what_cannot_be_measured_is_no_gauge_and_without_a_turn_it_is_not_asked_for() {
        app.deletions.tellNoQuota();
        health().manualBackups();
        health().lastSuccesses(run(new RunId("none"), List.of()));
        int reads = app.deletions.quotaReads();
        app.turns(0);

        health().manualBackups();

        assertThat(app.measured).isEmpty();
        assertThat(app.deletions.quotaReads()).isEqualTo(reads);
    }

    @Test
    void a_success_of_the_run_just_ended_is_taken_without_a_query_and_logged() {
        Entry success = app.success(ALPHA);
        app.clock.move(Duration.ofMinutes(2));

        try (LogCapture log = new LogCapture(HealthMetrics.class)) {
            endsAfter(Duration.ofDays(3), success);

            assertThat(log.values(Level.INFO, "lastSuccessAgeSeconds")).containsExactly("120");
        }
        assertThat(app.measured).containsExactly("last success PT2M");
    }

    @Test
    void a_pass_that_ends_a_run_measures_its_servers() {
        Entry success = app.success(ALPHA);
        app.audit.open(run(success.runId(), List.of(ALPHA)));

        app.pass();

        assertThat(app.measured).contains("last success PT0S");
    }

    @Test
    void the_last_success_of_a_server_that_failed_or_succeeded_long_ago_is_looked_up() {
        endsAfter(Duration.ofDays(3), app.failure(ALPHA));
        Entry success = app.success(ALPHA);
        app.clock.move(Duration.ofHours(20));

        endsAfter(Duration.ofMinutes(5), success);

        assertThat(app.measured).containsExactly("last success PT72H", "last success PT5M");
    }
}
