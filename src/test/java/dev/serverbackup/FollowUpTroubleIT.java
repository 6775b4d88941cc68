package dev.serverbackup;

import static dev.serverbackup.FollowUpStage.tagged;
import static dev.serverbackup.FollowUpStage.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows that nobody can read, passes that meet, many rows and little time, on the local cloud. */
class FollowUpTroubleIT {
    private static final Duration TOO_LITTLE_FOR_A_CALL = Duration.ofSeconds(15);

    private static FleetServer[] many(int servers) {
        return IntStream.range(0, servers)
                .mapToObj(i -> tagged("web-%03d".formatted(i)))
                .toArray(FleetServer[]::new);
    }

    private static void poison(FollowUpStage stage, String runId, String entry) {
        stage.put(Map.of(
                "runId", text(runId),
                "entry", text(entry),
                "open", text("open"),
                "nextActionAt", text("2026-03-01T01:00:00.000Z")));
    }

    @Test
    void rows_that_cannot_be_read_are_counted_and_the_others_go_on() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            poison(stage, "no run id at all", "server#alpha");
            poison(stage, "by-hand", "run");
            poison(stage, "by-hand", "server#");
            poison(stage, "by-hand", "$(garbage)\n");
            stage.run();

            FollowUpReport report = stage.passesLater(2);

            assertThat(report.unreadable()).isEqualTo(4);
            assertThat(report.failed()).isZero();
            assertThat(stage.entry("alpha").status()).isEqualTo(EntryStatus.SUCCEEDED);
            assertThat(stage.runRow().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(stage.told()).containsExactlyInAnyOrder("nightly/alpha", "nightly");
        }
    }

    @Test
    void a_run_with_an_entry_that_cannot_be_read_stays_open_and_its_other_entries_go_on() {
        try (var stage = new FollowUpStage(tagged("alpha"), tagged("bravo"))) {
            stage.run();
            poison(stage, "nightly", "server#bravo");

            FollowUpReport report = stage.passesLater(2);

            assertThat(report.unreadable()).isEqualTo(1);
            assertThat(report.failed()).isEqualTo(1);
            assertThat(stage.told()).containsExactly("nightly/alpha");
            assertThat(stage.runRow().status()).isEqualTo(RunStatus.RUNNING);
        }
    }

    @Test
    void passes_that_meet_double_no_backup_and_lose_none() throws Exception {
        try (var stage = new FollowUpStage(many(20))) {
            stage.run(TOO_LITTLE_FOR_A_CALL);
            assertThat(stage.cloud.aws().backups()).isEmpty();

            for (int round = 0; round < 4; round++) {
                stage.clock.move(FollowUpStage.BETWEEN_PASSES);
                threePassesAtOnce(stage);
            }

            assertThat(stage.cloud.aws().backups()).hasSize(20);
            assertThat(stage.audit.entries(Samples.NIGHTLY))
                    .extracting(Entry::status)
                    .containsOnly(EntryStatus.SUCCEEDED);
            assertThat(stage.runRow().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(stage.told().stream().distinct()).hasSize(21);
        }
    }

    private static void threePassesAtOnce(FollowUpStage stage) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Callable<FollowUpReport> one = stage::pass;
            for (Future<FollowUpReport> pass : threads.invokeAll(List.of(one, one, one))) {
                assertThat(pass.get().failed()).isZero();
            }
        }
    }

    @Test
    void more_rows_than_a_page_holds_are_all_followed_up() {
        try (var stage = new FollowUpStage(many(230))) {
            stage.run();

            FollowUpReport report = stage.passesLater(1);

            assertThat(report.rows()).isEqualTo(231);
            assertThat(report.entries()).isEqualTo(Map.of("SUCCEEDED", 230));
            assertThat(report.notificationsSent()).isBetween(230, 231);
            assertThat(report.complete()).isTrue();
        }
    }

    @Test
    void with_too_little_time_nothing_is_begun() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.run();
            int before = stage.cloud.aws().calls().all().size();

            FollowUpReport report = stage.pass(TOO_LITTLE_FOR_A_CALL);

            assertThat(report.complete()).isFalse();
            assertThat(report.rows()).isZero();
            assertThat(stage.cloud.aws().calls().matching(CallPattern.any())).hasSize(before);
            assertThat(stage.entry("alpha").status()).isEqualTo(EntryStatus.STARTED);
        }
    }
}
