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
import dev.serverbackup.server.Server;
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
        return new HealthMetrics(app.dependencies(), repository, app.upkeep, app.rateLimiter(), app.deadline(QUARTER));
    }

    /** Whose servers had their last success so long ago. */
    private HealthMetrics healthAfter(Duration lastSuccess) {
        Instant at = app.now().minus(lastSuccess);
        return health(new ForwardingFollowUpRepository(app.repository) {
            @Override
            public Optional<Instant> withoutSuccessSince(ServerName server) {
                return Optional.of(at);
            }
        });
    }

    private Run ended(Entry entry, Server... servers) {
        app.audit.open(run(entry.runId(), List.of(servers)));
        return run(entry.runId(), List.of(servers))
                .standing(RunStatus.SUCCEEDED, Map.of(EntryStatus.SUCCEEDED, servers.length));
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
        app.upkeep.tellNoQuota();
        health().manualBackups();
        health().lastSuccesses(run(new RunId("none"), List.of()));
        int reads = app.upkeep.quotaReads();
        app.turns(0);

        health().manualBackups();

        assertThat(app.measured).isEmpty();
        assertThat(app.upkeep.quotaReads()).isEqualTo(reads);
    }

    @Test
    void a_success_of_the_run_just_ended_is_taken_without_a_query_and_logged() {
        Entry success = app.success(ALPHA);
        app.clock.move(Duration.ofMinutes(2));

        try (LogCapture log = new LogCapture(HealthMetrics.class)) {
            healthAfter(Duration.ofDays(3)).lastSuccesses(ended(success, ALPHA));

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
    void a_failed_servers_last_success_is_looked_up() {
        Entry failure = app.failure(ALPHA);

        healthAfter(Duration.ofDays(3)).lastSuccesses(ended(failure, ALPHA));

        assertThat(app.measured).containsExactly("last success PT72H");
    }

    @Test
    void a_success_that_is_long_past_when_its_run_ends_is_not_taken_for_the_last_one() {
        Entry success = app.success(ALPHA);
        app.clock.move(Duration.ofHours(20));

        healthAfter(Duration.ofMinutes(5)).lastSuccesses(ended(success, ALPHA));

        assertThat(app.measured).containsExactly("last success PT5M");
    }
}
