package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.request.RunId;
import dev.serverbackup.retention.RetentionScene;
import dev.serverbackup.run.LogCapture;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

class HealthMetricsTest {
    private final RetentionScene scene = RetentionScene.keeping(1);

    private HealthMetrics health() {
        return new HealthMetrics(
                scene.dependencies(), scene.watched(), scene.upkeep, scene.rateLimiter(), scene.deadline());
    }

    private Instant ago(Duration age) {
        return scene.clock.instant().minus(age);
    }

    private Run ended(Entry entry, Server... servers) {
        scene.audit.open(run(entry.runId(), List.of(servers)));
        return run(entry.runId(), List.of(servers))
                .standing(RunStatus.SUCCEEDED, Map.of(EntryStatus.SUCCEEDED, servers.length));
    }

    @Test
    void a_pass_measures_what_it_finds_open_and_the_limit_of_manual_backups() {
        scene.success(ALPHA);
        scene.service.servers().limitManualBackupsTo(50);
        scene.figures(3, ago(Duration.ofMinutes(7)), TWO_O_CLOCK);

        health().openEntries();
        health().manualBackups();

        assertThat(scene.gauges).containsExactly("open 3, oldest PT7M", "manual 1 of 50");
    }

    @Test
    void what_cannot_be_measured_is_no_gauge_and_without_a_turn_it_is_not_asked_for() {
        scene.upkeep.tellNoQuota();
        health().manualBackups();
        health().lastSuccesses(run(new RunId("none"), List.of()));
        int reads = scene.upkeep.quotaReads();
        scene.turns(0);

        health().manualBackups();

        assertThat(scene.gauges).isEmpty();
        assertThat(scene.upkeep.quotaReads()).isEqualTo(reads);
    }

    @Test
    void a_success_of_the_run_just_ended_is_taken_without_a_query_and_logged() {
        Entry success = scene.success(ALPHA);
        scene.clock.move(Duration.ofMinutes(2));
        scene.figures(0, TWO_O_CLOCK, ago(Duration.ofDays(3)));

        try (LogCapture log = new LogCapture(HealthMetrics.class)) {
            health().lastSuccesses(ended(success, ALPHA));

            assertThat(log.values(Level.INFO, "lastSuccessAgeSeconds")).containsExactly("120");
        }
        assertThat(scene.gauges).containsExactly("last success PT2M");
    }

    @Test
    void a_pass_that_ends_a_run_measures_its_servers() {
        Entry success = scene.success(ALPHA);
        scene.audit.open(run(success.runId(), List.of(ALPHA)));

        scene.pass();

        assertThat(scene.gauges).contains("last success PT0S");
    }

    @Test
    void a_failed_servers_last_success_is_looked_up() {
        Entry failure = scene.failure(ALPHA);
        scene.figures(0, TWO_O_CLOCK, ago(Duration.ofDays(3)));

        health().lastSuccesses(ended(failure, ALPHA));

        assertThat(scene.gauges).containsExactly("last success PT72H");
    }

    @Test
    void a_success_that_is_long_past_when_its_run_ends_is_not_taken_for_the_last_one() {
        Entry success = scene.success(ALPHA);
        scene.clock.move(Duration.ofHours(20));
        scene.figures(0, TWO_O_CLOCK, ago(Duration.ofMinutes(5)));

        health().lastSuccesses(ended(success, ALPHA));

        assertThat(scene.gauges).containsExactly("last success PT5M");
    }
}
