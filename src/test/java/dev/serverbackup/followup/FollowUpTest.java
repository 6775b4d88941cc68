package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

class FollowUpTest {
    private static final Duration LATER = Duration.ofMinutes(5);

    private static final OpenRow RUNS_ROW = new OpenRow("nightly", "run");
    private static final OpenRow ALPHAS_ROW = new OpenRow("nightly", "server#alpha");

    private final FollowUpHall hall = new FollowUpHall();

    private void finishAlpha() {
        hall.open(ALPHA);
        hall.pass();
        hall.backups.servers().finish(ALPHA.name());
    }

    @Test
    void over_nothing_a_pass_does_nothing() {
        assertThat(hall.pass()).isEqualTo(new FollowUpReport(0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, true));
    }

    @Test
    void what_is_pending_is_attempted_and_counted() {
        hall.open(ALPHA, BRAVO);

        assertThat(hall.pass())
                .isEqualTo(new FollowUpReport(3, Map.of("STARTED", 2), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, true));
    }

    @Test
    void what_has_ended_is_told_and_leaves_with_the_time_of_the_notification() {
        finishAlpha();

        FollowUpReport report = hall.passLater(LATER);

        assertThat(report.entries()).isEqualTo(Map.of("SUCCEEDED", 1));
        assertThat(hall.notifications.sent()).extracting(Notification::id).containsExactly("nightly/alpha", "nightly");
        assertThat(hall.repository.left().keySet()).containsExactlyInAnyOrder(RUNS_ROW, ALPHAS_ROW);
        assertThat(hall.repository.left()).containsEntry(ALPHAS_ROW, TWO_O_CLOCK.plus(LATER));
    }

    @Test
    void a_run_is_closed_with_its_counts_only_when_all_its_entries_are_final() {
        hall.open(ALPHA, BRAVO);
        hall.pass();
        hall.backups.servers().finish(ALPHA.name());
        hall.passLater(LATER);
        hall.passLater(LATER);
        assertThat(hall.audit.run(NIGHTLY).map(Run::status)).contains(RunStatus.RUNNING);

        hall.backups.servers().fail(BRAVO.name(), "no space left");
        hall.passLater(LATER);
        hall.passLater(LATER);

        assertThat(hall.audit.run(NIGHTLY).map(Run::status)).contains(RunStatus.PARTIALLY_FAILED);
        assertThat(hall.audit.run(NIGHTLY).map(Run::counts))
                .contains(new TreeMap<>(Map.of(EntryStatus.SUCCEEDED, 1, EntryStatus.FAILED, 1)));
    }

    @Test
    void all_rows_of_a_run_expire_at_one_instant_once_its_last_entry_has_ended() {
        hall.open(ALPHA, BRAVO);
        hall.pass();
        hall.backups.servers().finish(ALPHA.name());
        hall.passLater(LATER);
        assertThat(hall.repository.left()).containsOnlyKeys(ALPHAS_ROW);
        assertThat(hall.repository.expiresAt(ALPHAS_ROW)).isEmpty();

        hall.backups.servers().finish(BRAVO.name());
        hall.passLater(LATER);
        hall.passLater(LATER);

        assertThat(hall.repository.expiresAt(RUNS_ROW)).isPresent();
        assertThat(hall.repository.expiresAt(ALPHAS_ROW)).isEqualTo(hall.repository.expiresAt(RUNS_ROW));
    }

    @Test
    void a_run_is_told_of_once_and_waits_for_the_notification_of_its_entry() {
        finishAlpha();
        hall.notifications.refuse(notification -> notification.detailType().equals("Server Backup Finished"));
        hall.passLater(LATER);
        hall.passLater(LATER);
        assertThat(hall.notifications.sent()).extracting(Notification::id).containsExactly("nightly");
        assertThat(hall.repository.left()).isEmpty();
        assertThat(hall.pass().rows()).as("the entry, before the pause is over").isEqualTo(1);
        assertThat(hall.passLater(LATER).rows()).isEqualTo(2);

        hall.notifications.refuse(_ -> false);
        hall.passLater(LATER);
        hall.passLater(LATER);

        assertThat(hall.notifications.sent()).extracting(Notification::id).containsExactly("nightly", "nightly/alpha");
        assertThat(hall.repository.left()).hasSize(2);
    }

    @Test
    void a_run_with_an_open_entry_is_looked_at_again_after_a_pause() {
        hall.open(ALPHA);
        hall.pass();

        assertThat(hall.pass().rows()).as("the entry").isEqualTo(1);
        assertThat(hall.passLater(LATER).rows()).isEqualTo(2);
    }

    @Test
    void a_told_row_that_cannot_be_let_go_is_counted_and_holds_up_no_other() {
        finishAlpha();

        FollowUpReport report = hall.passLater(LATER, new ForwardingFollowUpRepository(hall.repository) {
            @Override
            public void markNotified(Entry entry, Instant at) {
                throw new IllegalStateException("a defect");
            }
        });

        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.notificationsSent()).isEqualTo(2);
    }

    @Test
    void what_may_be_started_is_read_ahead_within_the_rate_limit_of_the_calls() {
        hall.open(ALPHA);
        hall.audit.create(Entry.pending(NIGHTLY, BackupBackend.SYSTEMS_MANAGER, BRAVO, TWO_O_CLOCK));

        hall.pass();
        assertThat(hall.backups.prepared()).containsExactly(ALPHA.name());
        assertThat(hall.backups.takeTurnToPrepare()).isTrue();

        hall.open();
        hall.audit.create(Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, CHARLIE, TWO_O_CLOCK));
        hall.pass(_ -> false, hall.repository);
        assertThat(hall.backups.takeTurnToPrepare()).isFalse();
    }

    @Test
    void a_refused_notification_keeps_its_row() {
        finishAlpha();
        hall.notifications.refuse(_ -> true);

        FollowUpReport report = hall.passLater(LATER);

        assertThat(report.notificationsSent()).isZero();
        assertThat(report.notificationsDue()).isEqualTo(2);
        assertThat(hall.repository.left()).isEmpty();
    }

    @Test
    void a_bus_that_accepts_nothing_is_tried_once_in_a_pass() {
        List<Entry> ended = IntStream.range(0, 250)
                .mapToObj(i -> pending(server("web-%03d".formatted(i))).failed(BUSY, TWO_O_CLOCK))
                .toList();
        ended.forEach(hall.audit::create);
        hall.notifications.refuse(_ -> true);

        FollowUpReport report = hall.pass();

        assertThat(hall.notifications.sendings()).isEqualTo(1);
        assertThat(report.notificationsDue()).isEqualTo(250);
    }

    @Test
    void a_row_that_cannot_be_read_holds_up_no_other() {
        hall.open(ALPHA);
        hall.repository.addUnreadable(new OpenRow("by hand", "server#nobody"), "no status");

        FollowUpReport report = hall.pass();

        assertThat(report.unreadable()).isEqualTo(1);
        assertThat(report.failed()).isZero();
        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
    }

    @Test
    void a_row_on_which_something_goes_wrong_holds_up_no_other() {
        hall.open(ALPHA, BRAVO);

        FollowUpReport report = hall.pass(_ -> true, readingFails(new IllegalStateException("a defect")));

        assertThat(report.failed()).isEqualTo(1);
        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.PENDING);
        assertThat(hall.entry(BRAVO).status()).isEqualTo(EntryStatus.STARTED);
    }

    @Test
    void an_audit_that_cannot_be_read_fails_the_pass_after_all_that_could_be_done_was() {
        hall.open(ALPHA, BRAVO);
        AuditUnavailableException down = new AuditUnavailableException("down", null);

        assertThatThrownBy(() -> hall.pass(_ -> true, readingFails(down))).isSameAs(down);

        assertThat(hall.entry(BRAVO).status()).isEqualTo(EntryStatus.STARTED);
    }

    @Test
    void with_too_little_time_nothing_is_begun() {
        hall.open(ALPHA);

        FollowUpReport report = hall.pass(_ -> true, hall.repository, Duration.ofMillis(19_999));

        assertThat(report).isEqualTo(new FollowUpReport(0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false));
        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.PENDING);
    }

    @Test
    void a_pass_in_which_somebody_got_no_turn_is_not_complete() {
        hall.open(ALPHA, BRAVO);
        // One for the quota, and one for an entry.
        AtomicInteger turns = new AtomicInteger();

        FollowUpReport report = hall.pass(_ -> turns.incrementAndGet() <= 2, hall.repository);

        assertThat(report.entries()).isEqualTo(Map.of("STARTED", 1, "PENDING", 1));
        assertThat(report.complete()).isFalse();
    }

    @Test
    void an_entry_whose_run_is_missing_fails_alone() {
        hall.open(ALPHA);
        hall.audit.create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, BRAVO, TWO_O_CLOCK));

        FollowUpReport report = hall.pass();

        assertThat(report.failed()).isEqualTo(1);
        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
    }

    @Test
    void a_call_whose_effect_is_not_known_is_looked_into_once_its_lease_is_over() {
        hall.open(ALPHA);
        hall.backups.misbehave(Fault.LOST_ANSWER);
        hall.pass();
        hall.passLater(FollowUpHall.TERMS.lease().minusMillis(1));
        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.CALLING);
        assertThat(hall.backups.looks()).isZero();

        hall.passLater(LATER);

        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
        assertThat(hall.backups.sent()).hasSize(1);
    }

    /** Of a backend that this stack had before: what they speak of, this one knows nothing of. */
    @Test
    void rows_of_another_backend_are_left_alone_and_counted() {
        Run run = like(run(ALPHA, BRAVO), BackupBackend.SYSTEMS_MANAGER, TWO_O_CLOCK);
        Entry pending = Entry.pending(NIGHTLY, BackupBackend.SYSTEMS_MANAGER, ALPHA, TWO_O_CLOCK);
        Entry bravo = Entry.pending(NIGHTLY, BackupBackend.SYSTEMS_MANAGER, BRAVO, TWO_O_CLOCK);
        Entry claimed = bravo.claimed(FIRST, TWO_O_CLOCK.plusSeconds(120));
        Entry started = claimed.started(backup(BRAVO), TWO_O_CLOCK);
        hall.audit.open(run);
        hall.audit.create(pending);
        hall.audit.create(bravo);
        hall.audit.replace(bravo, claimed);
        hall.audit.replace(claimed, started);

        assertThat(hall.passOver(BRAVO).otherBackend()).isEqualTo(1);
        FollowUpReport report;
        try (LogCapture log = new LogCapture(OpenRowProcessor.class)) {
            report = hall.passLater(Duration.ofDays(3));
            assertThat(log.values(Level.ERROR, "status")).hasSize(3).containsOnly("OTHER_BACKEND");
        }

        assertThat(report.otherBackend()).isEqualTo(3);
        assertThat(report.entries()).isEmpty();
        assertThat(report.failed()).isZero();
        assertThat(hall.audit.entries(NIGHTLY)).containsExactly(pending, started);
        assertThat(hall.audit.run(NIGHTLY)).contains(run);
        assertThat(hall.backups.sent()).isEmpty();
        assertThat(hall.notifications.sent()).isEmpty();
    }

    /** Alpha's row only. */
    private FollowUpRepository readingFails(RuntimeException failure) {
        return new ForwardingFollowUpRepository(hall.repository) {
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
