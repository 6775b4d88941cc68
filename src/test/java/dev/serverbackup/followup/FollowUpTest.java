package dev.serverbackup.followup;

import static dev.serverbackup.InMemoryApplication.QUARTER;
import static dev.serverbackup.InMemoryApplication.TIMEOUTS;
import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.FakeBackupService.Fault;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.run.LogCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
class FollowUpTest {
    private static final Duration LATER = Duration.ofMinutes(5);
    private static final FollowUpReport NOTHING = new FollowUpReport(0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, true);

    private static final OpenRow RUNS_ROW = new OpenRow("nightly", "run");
    private static final OpenRow ALPHAS_ROW = new OpenRow("nightly", "server#alpha");

    private final InMemoryApplication app = InMemoryApplication.over();

    private void finishAlpha() {
        app.open(ALPHA);
        app.pass();
        app.service.servers().finish(ALPHA.name());
    }

    @Test
    void what_is_pending_is_attempted_and_counted() {
        assertThat(app.pass()).isEqualTo(NOTHING);
        app.open(ALPHA, BRAVO);

        assertThat(app.pass())
                .isEqualTo(new FollowUpReport(3, Map.of("STARTED", 2), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, true));
    }

    @Test
    void what_is_done_beside_the_rows_is_counted_by_kind() {
        var counters = new FollowUpCounters();
        times(1, counters::deleted);
        times(2, counters::wouldDelete);
        times(3, counters::verified);
        times(4, counters::missedSlot);
        times(5, counters::caughtUp);

        assertThat(counters.report()).isEqualTo(new FollowUpReport(0, Map.of(), 0, 0, 1, 2, 3, 4, 5, 0, 0, 0, true));
    }

    private static void times(int many, Runnable act) {
        IntStream.range(0, many).forEach(_ -> act.run());
    }

    @Test
    void what_has_ended_is_reported_and_leaves_with_the_time_of_the_notification() {
        finishAlpha();

        FollowUpReport report = app.passLater(LATER);

        assertThat(report.entries()).isEqualTo(Map.of("SUCCEEDED", 1));
        assertThat(app.notifications.sent()).extracting(Notification::id).containsExactly("nightly/alpha", "nightly");
        assertThat(app.repository.left().keySet()).containsExactlyInAnyOrder(RUNS_ROW, ALPHAS_ROW);
        assertThat(app.repository.left()).containsEntry(ALPHAS_ROW, TWO_O_CLOCK.plus(LATER));
    }

    @Test
    void once_its_last_entry_is_final_a_run_is_closed_with_its_counts_and_all_its_rows_expire_at_one_instant() {
        app.open(ALPHA, BRAVO);
        app.pass();
        app.service.servers().finish(ALPHA.name());
        app.passLater(LATER);
        app.passLater(LATER);
        assertThat(app.audit.run(NIGHTLY).map(Run::status)).contains(RunStatus.RUNNING);
        assertThat(app.repository.left()).containsOnlyKeys(ALPHAS_ROW);
        assertThat(app.repository.expiresAt(ALPHAS_ROW)).isEmpty();

        app.service.servers().fail(BRAVO.name(), "no space left");
        app.passLater(LATER);
        app.passLater(LATER);

        assertThat(app.audit.run(NIGHTLY).map(Run::status)).contains(RunStatus.PARTIALLY_FAILED);
        assertThat(app.audit.run(NIGHTLY).map(Run::counts))
                .contains(new TreeMap<>(Map.of(EntryStatus.SUCCEEDED, 1, EntryStatus.FAILED, 1)));
        assertThat(app.repository.expiresAt(RUNS_ROW)).isPresent();
        assertThat(app.repository.expiresAt(ALPHAS_ROW)).isEqualTo(app.repository.expiresAt(RUNS_ROW));
    }

    @Test
    void a_run_is_reported_once_and_waits_for_the_notification_of_its_entry() {
        finishAlpha();
        app.notifications.refuse(notification -> notification.detailType().equals("Server Backup Finished"));
        app.passLater(LATER);
        app.passLater(LATER);
        assertThat(app.notifications.sent()).extracting(Notification::id).containsExactly("nightly");
        assertThat(app.repository.left()).isEmpty();
        assertThat(app.pass().rows()).as("the entry, before the pause is over").isEqualTo(1);
        assertThat(app.passLater(LATER).rows()).isEqualTo(2);

        app.notifications.refuse(_ -> false);
        app.passLater(LATER);
        app.passLater(LATER);

        assertThat(app.notifications.sent()).extracting(Notification::id).containsExactly("nightly", "nightly/alpha");
        assertThat(app.repository.left()).hasSize(2);
    }

    @Test
    void a_run_with_an_open_entry_is_looked_at_again_after_a_pause() {
        app.open(ALPHA);
        app.pass();

        assertThat(app.pass().rows()).as("the entry").isEqualTo(1);
        assertThat(app.passLater(LATER).rows()).isEqualTo(2);
    }

    @Test
    void a_notified_row_that_cannot_be_released_is_counted_and_holds_up_no_other() {
        finishAlpha();

        app.later(LATER);

        FollowUpReport report = app.pass(
                new ForwardingFollowUpRepository(app.repository) {
                    @Override
                    public void markNotified(Entry entry, Instant at) {
                        throw new IllegalStateException("a defect");
                    }
                },
                QUARTER);

        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.notificationsSent()).isEqualTo(2);
    }

    @Test
    void what_may_be_started_is_read_ahead_within_the_rate_limit_of_the_calls() {
        app.open(ALPHA);
        app.audit.create(Entry.pending(NIGHTLY, BackupBackend.SYSTEMS_MANAGER, BRAVO, TWO_O_CLOCK));

        app.pass();
        assertThat(app.service.prepared()).containsExactly(ALPHA.name());
        assertThat(app.service.takeTurnToPrepare()).isTrue();

        app.open();
        app.audit.create(Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, CHARLIE, TWO_O_CLOCK));
        app.turns(0);
        app.pass();
        assertThat(app.service.takeTurnToPrepare()).isFalse();
    }

    @Test
    void a_bus_that_accepts_nothing_is_tried_once_in_a_pass_and_the_rows_stay() {
        List<Entry> ended = IntStream.range(0, 250)
                .mapToObj(i -> pending(server("web-%03d".formatted(i))).failed(BUSY, TWO_O_CLOCK))
                .toList();
        ended.forEach(app.audit::create);
        app.notifications.refuse(_ -> true);

        FollowUpReport report = app.pass();

        assertThat(app.notifications.sendings()).isEqualTo(1);
        assertThat(report.notificationsSent()).isZero();
        assertThat(report.notificationsDue()).isEqualTo(250);
        assertThat(app.repository.left()).isEmpty();
    }

    @Test
    void a_row_that_cannot_be_read_holds_up_no_other() {
        app.open(ALPHA);
        app.repository.addUnreadable(new OpenRow("by hand", "server#nobody"), "no status");

        FollowUpReport report = app.pass();

        assertThat(report.unreadable()).isEqualTo(1);
        assertThat(report.failed()).isZero();
        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
    }

    @Test
    void a_row_on_which_something_goes_wrong_holds_up_no_other() {
        app.open(ALPHA, BRAVO);

        FollowUpReport report = app.pass(readingFails(new IllegalStateException("a defect")), QUARTER);

        assertThat(report.failed()).isEqualTo(1);
        assertThat(app.standing(ALPHA)).isEqualTo("PENDING");
        assertThat(app.standing(BRAVO)).isEqualTo("STARTED");
    }

    @Test
    void an_audit_that_cannot_be_read_fails_the_pass_after_all_that_could_be_done_was() {
        app.open(ALPHA, BRAVO);
        AuditUnavailableException down = new AuditUnavailableException("down", null);

        assertThatThrownBy(() -> app.pass(readingFails(down), QUARTER)).isSameAs(down);

        assertThat(app.standing(BRAVO)).isEqualTo("STARTED");
    }

    @Test
    void with_too_little_time_nothing_is_begun() {
        app.open(ALPHA);

        FollowUpReport report = app.pass(app.repository, Duration.ofMillis(19_999));

        assertThat(report).isEqualTo(new FollowUpReport(0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false));
        assertThat(app.standing(ALPHA)).isEqualTo("PENDING");
    }

    @Test
    void a_pass_in_which_somebody_got_no_turn_is_not_complete() {
        app.open(ALPHA, BRAVO);
        // One for the quota, and one for an entry.
        app.turns(2);

        FollowUpReport report = app.pass();

        assertThat(report.entries()).isEqualTo(Map.of("STARTED", 1, "PENDING", 1));
        assertThat(report.complete()).isFalse();
    }

    @Test
    void a_call_whose_effect_is_not_known_is_looked_into_once_its_lease_is_over() {
        app.open(ALPHA);
        app.service.misbehave(Fault.LOST_ANSWER);
        app.pass();
        app.passLater(TIMEOUTS.lease().minusMillis(1));
        assertThat(app.standing(ALPHA)).isEqualTo("CALLING NoAnswer, effect unknown");
        assertThat(app.service.looks()).isZero();

        app.passLater(LATER);

        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
        assertThat(app.service.sent()).hasSize(1);
    }

    /** Of a backend that this stack had before: what they speak of, this one knows nothing of. */
    @Test
    void rows_of_another_backend_are_left_alone_and_counted() {
        Run run = like(run(ALPHA, BRAVO), BackupBackend.SYSTEMS_MANAGER, TWO_O_CLOCK);
        Entry pending = Entry.pending(NIGHTLY, BackupBackend.SYSTEMS_MANAGER, ALPHA, TWO_O_CLOCK);
        Entry bravo = Entry.pending(NIGHTLY, BackupBackend.SYSTEMS_MANAGER, BRAVO, TWO_O_CLOCK);
        Entry claimed = bravo.claimed(FIRST, TWO_O_CLOCK.plusSeconds(120));
        Entry started = claimed.started(backup(BRAVO), TWO_O_CLOCK);
        app.audit.open(run);
        app.audit.create(pending);
        app.audit.create(bravo);
        app.audit.replace(bravo, claimed);
        app.audit.replace(claimed, started);

        assertThat(app.passOver(BRAVO, QUARTER).otherBackend()).isEqualTo(1);
        FollowUpReport report;
        try (LogCapture log = new LogCapture(OpenRowProcessor.class)) {
            report = app.passLater(Duration.ofDays(3));
            assertThat(log.values(Level.ERROR, "status")).hasSize(3).containsOnly("OTHER_BACKEND");
        }

        assertThat(report.otherBackend()).isEqualTo(3);
        assertThat(report.entries()).isEmpty();
        assertThat(report.failed()).isZero();
        assertThat(app.audit.entries(NIGHTLY)).containsExactly(pending, started);
        assertThat(app.audit.run(NIGHTLY)).contains(run);
        assertThat(app.service.sent()).isEmpty();
        assertThat(app.notifications.sent()).isEmpty();
    }

    @Test
    void a_pass_over_a_server_whose_backup_has_ended_notifies_and_releases_its_row_before_it_is_due() {
        app.open(ALPHA, BRAVO);
        app.pass();
        assertThat(app.passOver(ALPHA, QUARTER).entries()).isEqualTo(Map.of("STARTED", 1));
        app.service.servers().finish(ALPHA.name());
        app.service.servers().finish(BRAVO.name());

        FollowUpReport report = app.passOver(ALPHA, QUARTER);

        assertThat(report).isEqualTo(new FollowUpReport(1, Map.of("SUCCEEDED", 1), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, true));
        assertThat(app.notifications.sent()).extracting(Notification::id).containsExactly("nightly/alpha");
        assertThat(app.repository.left()).containsOnlyKeys(ALPHAS_ROW);
        assertThat(app.standing(BRAVO)).isEqualTo("STARTED");
        assertThat(app.passOver(ALPHA, QUARTER)).as("when it is told again").isEqualTo(NOTHING);
        assertThat(app.notifications.sent()).hasSize(1);
        app.passLater(LATER);
        app.passLater(LATER);
        assertThat(app.notifications.sent())
                .extracting(Notification::id)
                .containsExactlyInAnyOrder("nightly/alpha", "nightly/bravo", "nightly");
    }

    @Test
    void in_a_pass_over_one_server_a_claim_of_another_worker_and_what_is_to_be_tried_again_keep_their_time() {
        Entry again = claimed(BRAVO).givenBack(Optional.of(BUSY), TWO_O_CLOCK);
        app.open(ALPHA, BRAVO);
        app.audit.replace(pending(ALPHA), claimed(ALPHA));
        app.audit.replace(pending(BRAVO), claimed(BRAVO));
        app.audit.replace(claimed(BRAVO), again);

        assertThat(app.passOver(ALPHA, QUARTER)).isEqualTo(NOTHING);
        assertThat(app.passOver(BRAVO, QUARTER)).isEqualTo(NOTHING);
        assertThat(app.entry(ALPHA)).isEqualTo(claimed(ALPHA));
        assertThat(app.entry(BRAVO)).isEqualTo(again);
    }

    @Test
    void without_time_for_a_call_a_pass_over_one_server_looks_at_nothing_and_says_so() {
        app.open(ALPHA, BRAVO);
        app.pass();
        app.service.servers().finish(ALPHA.name());

        assertThat(app.passOver(ALPHA, Duration.ofSeconds(10)).complete()).isFalse();
        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
    }

    /** Alpha's row only. */
    private FollowUpRepository readingFails(RuntimeException failure) {
        return new ForwardingFollowUpRepository(app.repository) {
            @Override
            public Row read(OpenRow row) {
                if (row.equals(InMemoryFollowUpRepository.key(pending(ALPHA)))) {
                    throw failure;
                }
                return real.read(row);
            }
        };
    }
}
