package dev.serverbackup.audit;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.FollowUpRepository.OpenEntries;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every audit over all runs keeps to: what is open, a server's good backups, and figures. Each test has an empty audit. */
public abstract class FollowUpRepositoryContract {
    private static final Instant LATER = TWO_O_CLOCK.plusSeconds(600);
    private static final OpenRow RUN = new OpenRow("nightly", "run");
    private static final OpenRow ALPHAS = new OpenRow("nightly", "server#alpha");
    private static final OpenRow BRAVOS = new OpenRow("nightly", "server#bravo");

    protected abstract AuditRepository audit();

    protected abstract FollowUpRepository repository();

    private List<OpenRow> due(Instant now) {
        return repository().due(now).stream().map(DueRow::row).toList();
    }

    private Entry finalEntry(Server server) {
        Entry failed = pending(server).failed(BUSY, LATER);
        audit().create(pending(server));
        audit().replace(pending(server), failed);
        return failed;
    }

    private Run settledRun() {
        Run settled = run(ALPHA).standing(RunStatus.FAILED, Map.of(EntryStatus.FAILED, 1));
        audit().open(run(ALPHA));
        audit().finish(settled);
        return settled;
    }

    @Test
    void of_an_empty_audit_nothing_is_due() {
        assertThat(due(LATER)).isEmpty();
    }

    @Test
    void a_run_and_its_entries_are_due_from_the_start() {
        audit().open(run(ALPHA));
        audit().create(pending(ALPHA));

        assertThat(due(TWO_O_CLOCK)).containsExactlyInAnyOrder(RUN, ALPHAS);
        assertThat(due(TWO_O_CLOCK.minusMillis(1))).isEmpty();
    }

    @Test
    void an_entry_is_due_when_its_next_action_is() {
        audit().create(pending(ALPHA));
        audit().replace(pending(ALPHA), claimed(ALPHA));
        Instant leaseOver = claimed(ALPHA).leaseUntil().orElseThrow();

        assertThat(due(leaseOver.minusMillis(1))).isEmpty();
        assertThat(due(leaseOver)).containsExactly(ALPHAS);
    }

    @Test
    void the_oldest_come_first() {
        Entry again = claimed(ALPHA).givenBack(Optional.of(BUSY), LATER);
        audit().create(again);
        audit().create(pending(BRAVO));

        assertThat(due(LATER)).containsExactly(BRAVOS, ALPHAS);
    }

    @Test
    void many_come_each_once() {
        List<Entry> entries = IntStream.range(0, 250)
                .mapToObj(i -> pending(server("web-%03d".formatted(i))))
                .toList();
        entries.forEach(audit()::create);

        assertThat(due(TWO_O_CLOCK))
                .containsExactlyInAnyOrderElementsOf(
                        entries.stream().map(InMemoryFollowUpRepository::key).toList());
    }

    @Test
    void what_is_due_shows_how_an_entry_stands_and_since_when() {
        audit().create(started(ALPHA));

        assertThat(repository().due(LATER))
                .containsExactly(new DueRow(ALPHAS, Optional.of(EntryStatus.STARTED), TWO_O_CLOCK));
    }

    @Test
    void the_status_of_a_run_is_none_of_an_entrys() {
        settledRun();

        assertThat(repository().due(LATER)).containsExactly(new DueRow(RUN, Optional.empty(), TWO_O_CLOCK));
    }

    @Test
    void what_was_started_on_a_server_is_shown_before_it_is_due() {
        audit().create(started(ALPHA));
        audit().create(started(BRAVO));
        audit().create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, ALPHA, TWO_O_CLOCK));

        assertThat(due(TWO_O_CLOCK)).doesNotContain(ALPHAS);
        assertThat(repository().startedOn(ALPHA.name(), TWO_O_CLOCK)).containsExactly(ALPHAS);
        assertThat(repository().startedOn(CHARLIE.name(), TWO_O_CLOCK)).isEmpty();
    }

    @Test
    void what_was_started_too_long_ago_is_not_shown_by_its_server() {
        audit().create(started(ALPHA));

        assertThat(repository().startedOn(ALPHA.name(), TWO_O_CLOCK.plusMillis(1)))
                .isEmpty();
    }

    @Test
    void what_has_ended_is_not_shown_by_its_server() {
        finalEntry(ALPHA);

        assertThat(repository().startedOn(ALPHA.name(), TWO_O_CLOCK)).isEmpty();
    }

    @Test
    void rows_are_read_as_they_stand() {
        audit().open(run(ALPHA));
        audit().create(started(ALPHA));

        assertThat(repository().read(RUN)).isEqualTo(new Row.OfRun(run(ALPHA)));
        assertThat(repository().read(ALPHAS)).isEqualTo(new Row.OfEntry(started(ALPHA)));
    }

    @Test
    void a_row_that_is_not_there_is_closed() {
        assertThat(repository().read(RUN)).isEqualTo(new Row.Closed());
        assertThat(repository().read(ALPHAS)).isEqualTo(new Row.Closed());
    }

    @Test
    void a_notified_entry_has_left_and_stays_as_it_was() {
        Entry failed = finalEntry(ALPHA);
        finalEntry(BRAVO);

        repository().markNotified(failed, LATER);
        repository().markNotified(failed, LATER.plusSeconds(1));

        assertThat(due(LATER.plusSeconds(60))).containsExactly(BRAVOS);
        assertThat(repository().read(ALPHAS)).isEqualTo(new Row.Closed());
        assertThat(audit().entry(NIGHTLY, ALPHA.name()).map(Entry::status)).contains(EntryStatus.FAILED);
        assertThat(audit().entry(NIGHTLY, ALPHA.name()).flatMap(Entry::error)).contains(BUSY);
    }

    @Test
    void a_notified_run_stays_open_until_it_is_released() {
        Run settled = settledRun();

        repository().markNotified(settled, LATER);

        assertThat(due(LATER)).containsExactly(RUN);
        assertThat(repository().read(RUN))
                .isInstanceOfSatisfying(
                        Row.OfNotifiedRun.class,
                        notified -> assertThat(notified.run()).isEqualTo(settled));
    }

    @Test
    void all_rows_of_a_run_expire_400_days_after_its_first_notification() {
        Run settled = settledRun();

        repository().markNotified(settled, LATER);
        repository().markNotified(settled, LATER.plusSeconds(60));

        assertThat(repository().read(RUN)).isEqualTo(new Row.OfNotifiedRun(settled, LATER.plus(Duration.ofDays(400))));
    }

    @Test
    void a_released_run_has_left_and_stays_as_it_was() {
        Run settled = settledRun();
        repository().markNotified(settled, LATER);

        repository().release(settled);
        repository().release(settled);

        assertThat(due(LATER)).isEmpty();
        assertThat(repository().read(RUN)).isEqualTo(new Row.Closed());
        assertThat(audit().run(NIGHTLY)).contains(settled);
    }

    @Test
    void a_run_that_was_not_notified_is_not_released() {
        Run settled = settledRun();

        repository().release(settled);

        assertThat(repository().read(RUN)).isEqualTo(new Row.OfRun(settled));
    }

    @Test
    void no_expiry_is_due_while_an_entry_of_the_run_is_open() {
        Run settled = settledRun();
        repository().markNotified(finalEntry(ALPHA), LATER);
        Entry bravo = finalEntry(BRAVO);

        assertThat(repository().withoutExpiry(settled)).isEmpty();

        repository().markNotified(bravo, LATER);
        assertThat(repository().withoutExpiry(settled))
                .hasValueSatisfying(rows -> assertThat(rows).containsExactlyInAnyOrder(ALPHAS, BRAVOS));
    }

    @Test
    void an_entry_that_has_its_expiry_is_not_due_for_it_again() {
        Run settled = settledRun();
        repository().markNotified(finalEntry(ALPHA), LATER);

        repository().expire(ALPHAS, LATER.plus(Duration.ofDays(400)));

        assertThat(repository().withoutExpiry(settled)).contains(List.of());
    }

    @Test
    void an_entry_that_is_open_gets_no_expiry() {
        finalEntry(ALPHA);

        repository().expire(ALPHAS, TWO_O_CLOCK);

        assertThat(repository().read(ALPHAS)).isInstanceOf(Row.OfEntry.class);
    }

    @Test
    void the_expiry_of_a_row_that_is_gone_brings_none_back() {
        repository().expire(ALPHAS, LATER);
        repository().release(run(ALPHA));

        assertThat(audit().entries(NIGHTLY)).isEmpty();
        assertThat(audit().run(NIGHTLY)).isEmpty();
    }

    @Test
    void nothing_leaves_that_does_not_stand_as_it_was_notified() {
        audit().open(run(ALPHA));
        audit().create(pending(ALPHA));

        repository().markNotified(pending(ALPHA).failed(BUSY, LATER), LATER);
        repository().markNotified(run(ALPHA).standing(RunStatus.FAILED, Map.of()), LATER);

        assertThat(due(LATER)).containsExactlyInAnyOrder(RUN, ALPHAS);
    }

    @Test
    void a_notification_of_a_row_that_is_gone_brings_none_back() {
        repository().markNotified(pending(ALPHA).failed(BUSY, LATER), LATER);
        repository().markNotified(run(ALPHA).standing(RunStatus.FAILED, Map.of()), LATER);
        repository().postpone(run(ALPHA), LATER);

        assertThat(audit().entries(NIGHTLY)).isEmpty();
        assertThat(audit().run(NIGHTLY)).isEmpty();
        assertThat(due(LATER)).isEmpty();
    }

    @Test
    void a_postponed_run_is_due_later() {
        audit().open(run(ALPHA));

        repository().postpone(run(ALPHA), LATER);

        assertThat(due(LATER.minusMillis(1))).isEmpty();
        assertThat(due(LATER)).containsExactly(RUN);
        assertThat(repository().read(RUN)).isEqualTo(new Row.OfRun(run(ALPHA)));
    }

    @Test
    void postponing_does_not_bring_a_run_back_that_has_left() {
        Run settled = settledRun();
        repository().markNotified(settled, LATER);
        repository().release(settled);

        repository().postpone(settled, LATER);

        assertThat(due(LATER)).isEmpty();
    }

    @Test
    void rows_of_all_runs_are_due() {
        audit().create(pending(ALPHA));
        audit().create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, ALPHA, TWO_O_CLOCK));

        assertThat(due(TWO_O_CLOCK)).containsExactlyInAnyOrder(ALPHAS, new OpenRow("hourly", "server#alpha"));
    }

    @Test
    void a_notified_entry_after_which_retention_is_due_stays_open_until_it_is_let_go() {
        Entry failed = finalEntry(ALPHA);
        Instant again = LATER.plusSeconds(300);

        repository().markNotifiedToRetain(failed, LATER, again);

        assertThat(repository().read(ALPHAS))
                .isInstanceOfSatisfying(
                        Row.OfNotifiedEntry.class,
                        row -> assertThat(row.entry().error()).contains(BUSY));
        assertThat(due(again.minusMillis(1))).isEmpty();
        assertThat(due(again)).containsExactly(ALPHAS);

        repository().markNotified(failed, again);
        assertThat(repository().read(ALPHAS)).isEqualTo(new Row.Closed());
    }

    @Test
    void an_entry_that_has_left_does_not_come_back_for_retention() {
        Entry failed = finalEntry(ALPHA);
        repository().markNotified(failed, LATER);

        repository().markNotifiedToRetain(failed, LATER, LATER);

        assertThat(repository().read(ALPHAS)).isEqualTo(new Row.Closed());
    }

    private static final Instant THREE_O_CLOCK = TWO_O_CLOCK.plusSeconds(3_600);
    private static final Instant FOUR_O_CLOCK = TWO_O_CLOCK.plusSeconds(7_200);

    protected abstract Optional<Instant> deletingAt(PastBackup backup);

    protected abstract Optional<String> notKeptBy(PastBackup backup);

    protected abstract Optional<Instant> deletedAt(PastBackup backup);

    /** The type of the error that is recorded. */
    protected abstract Optional<String> deleteError(PastBackup backup);

    private PastBackup succeeded(Server server) {
        write(pending(server), claimed(server), started(server));
        Entry succeeded = started(server).succeeded(backup(server), TWO_O_CLOCK.plusSeconds(60));
        audit().replace(started(server), succeeded);
        return PastBackup.of(succeeded);
    }

    /** A backup as a caller claims it, with any run, server and id. */
    private static PastBackup taken(RunId run, ServerName server, String id) {
        return new PastBackup(
                run,
                server,
                BackupBackend.OPSWORKS_CM,
                Backup.of(Map.of(Backup.ID, id)),
                TWO_O_CLOCK,
                false,
                Optional.empty());
    }

    private void write(Entry first, Entry... next) {
        audit().create(first);
        Entry standing = first;
        for (Entry entry : next) {
            audit().replace(standing, entry);
            standing = entry;
        }
    }

    @Test
    void the_backup_of_a_succeeded_entry_is_there_to_be_kept_or_deleted() {
        PastBackup past = succeeded(ALPHA);

        assertThat(repository().undeleted(ALPHA.name())).containsExactly(past);
    }

    @Test
    void the_backups_of_a_server_are_counted_up_to_a_limit() {
        PastBackup past = succeeded(ALPHA);
        succeeded(BRAVO);
        repository().intendDeletion(past, THREE_O_CLOCK, "last 7");

        assertThat(repository().countUndeleted(ALPHA.name(), 1)).isEqualTo(1);
        assertThat(repository().countUndeleted(ALPHA.name(), 10)).isEqualTo(1);
        assertThat(repository().countUndeleted(CHARLIE.name(), 10)).isZero();
    }

    @Test
    void a_deleted_backup_is_not_counted() {
        PastBackup past = succeeded(ALPHA);
        repository().intendDeletion(past, THREE_O_CLOCK, "last 7");

        repository().deleted(past, FOUR_O_CLOCK);

        assertThat(repository().countUndeleted(ALPHA.name(), 10)).isZero();
    }

    @Test
    void a_backup_whose_entry_has_not_succeeded_is_not() {
        write(pending(ALPHA), claimed(ALPHA), started(ALPHA));
        write(pending(BRAVO), claimed(BRAVO), started(BRAVO), started(BRAVO).failed(BUSY, TWO_O_CLOCK));

        assertThat(repository().undeleted(ALPHA.name())).isEmpty();
        assertThat(repository().undeleted(BRAVO.name())).isEmpty();
    }

    @Test
    void a_server_has_no_part_in_the_history_of_another() {
        succeeded(ALPHA);

        assertThat(repository().undeleted(BRAVO.name())).isEmpty();
    }

    @Test
    void an_intention_is_written_and_the_first_instant_stays_but_the_last_rules() {
        PastBackup past = succeeded(ALPHA);

        assertThat(repository().intendDeletion(past, THREE_O_CLOCK, "last 7")).isTrue();
        assertThat(repository().intendDeletion(past, FOUR_O_CLOCK, "last 7, daily 14 in UTC"))
                .isTrue();

        assertThat(deletingAt(past)).contains(THREE_O_CLOCK);
        assertThat(notKeptBy(past)).contains("last 7, daily 14 in UTC");
        assertThat(repository().undeleted(ALPHA.name())).containsExactly(past.intended(Optional.empty()));
    }

    @Test
    void what_an_accepted_deletion_is_known_by_is_told_with_its_backup_and_the_last_stays() {
        PastBackup past = succeeded(ALPHA);
        repository().intendDeletion(past, THREE_O_CLOCK, "last 7");

        repository().deletionAccepted(past, "command-1");
        repository().deletionAccepted(past, "command-2");

        assertThat(repository().undeleted(ALPHA.name())).containsExactly(past.intended(Optional.of("command-2")));
    }

    @Test
    void nothing_may_be_deleted_that_the_audit_does_not_know() {
        PastBackup past = succeeded(ALPHA);

        assertThat(repository().intendDeletion(taken(HOURLY, ALPHA.name(), past.backupId()), THREE_O_CLOCK, "last 7"))
                .isFalse();
        assertThat(repository().intendDeletion(taken(NIGHTLY, BRAVO.name(), past.backupId()), THREE_O_CLOCK, "last 7"))
                .isFalse();
        assertThat(repository().intendDeletion(taken(NIGHTLY, ALPHA.name(), "by-hand-1"), THREE_O_CLOCK, "last 7"))
                .isFalse();
        assertThat(repository().intendDeletion(taken(new RunId("none"), CHARLIE.name(), "c"), THREE_O_CLOCK, "last 7"))
                .isFalse();
        assertThat(deletingAt(past)).isEmpty();
    }

    @Test
    void nothing_may_be_deleted_whose_entry_has_not_succeeded() {
        write(pending(ALPHA), claimed(ALPHA), started(ALPHA));

        assertThat(repository().intendDeletion(past(ALPHA), THREE_O_CLOCK, "last 7"))
                .isFalse();
    }

    @Test
    void a_deletion_is_recorded_once() {
        PastBackup past = succeeded(ALPHA);
        repository().intendDeletion(past, THREE_O_CLOCK, "last 7");

        repository().deleted(past, THREE_O_CLOCK);
        repository().deleted(past, FOUR_O_CLOCK);

        assertThat(deletedAt(past)).contains(THREE_O_CLOCK);
        assertThat(repository().undeleted(ALPHA.name())).isEmpty();
        assertThat(repository().intendDeletion(past, FOUR_O_CLOCK, "last 1")).isFalse();
        assertThat(notKeptBy(past)).contains("last 7");
    }

    @Test
    void without_an_intention_no_deletion_is_recorded() {
        PastBackup past = succeeded(ALPHA);

        repository().deleted(past, THREE_O_CLOCK);
        repository().notDeleted(past, BUSY);

        assertThat(deletedAt(past)).isEmpty();
        assertThat(deleteError(past)).isEmpty();
    }

    @Test
    void why_a_backup_was_not_deleted_is_recorded_until_it_is() {
        PastBackup past = succeeded(ALPHA);
        repository().intendDeletion(past, THREE_O_CLOCK, "last 7");
        repository().notDeleted(past, NO_ANSWER);

        repository().notDeleted(past, BUSY);
        assertThat(deleteError(past)).contains(BUSY.type().name());

        repository().deleted(past, FOUR_O_CLOCK);
        repository().notDeleted(past, BUSY);
        assertThat(deleteError(past)).isEmpty();
    }

    @Test
    void an_outcome_is_never_changed_by_a_deletion() {
        PastBackup past = succeeded(ALPHA);
        Entry before = audit().entry(NIGHTLY, ALPHA.name()).orElseThrow();

        repository().intendDeletion(past, THREE_O_CLOCK, "last 7");
        repository().notDeleted(past, BUSY);
        repository().deleted(past, FOUR_O_CLOCK);

        assertThat(audit().entry(NIGHTLY, ALPHA.name())).contains(before);
    }

    private static Instant at(int second) {
        return TWO_O_CLOCK.plusSeconds(second);
    }

    private Entry ended(int second, boolean well) {
        Entry first = Entry.pending(new RunId("run-" + second), BackupBackend.OPSWORKS_CM, ALPHA, at(second));
        Entry claimed = first.claimed(FIRST, at(second + 120));
        audit().create(first);
        audit().replace(first, claimed);
        if (!well) {
            Entry failed = claimed.failed(BUSY, at(second + 1));
            audit().replace(claimed, failed);
            return failed;
        }
        Entry started = claimed.started(backup(ALPHA), at(second + 1));
        audit().replace(claimed, started);
        Entry succeeded = started.succeeded(backup(ALPHA), at(second + 2));
        audit().replace(started, succeeded);
        return succeeded;
    }

    @Test
    void where_nothing_is_open_nothing_is_old() {
        assertThat(repository().openEntries()).isEqualTo(new OpenEntries(0, Optional.empty()));
    }

    @Test
    void all_open_entries_count_due_or_not_and_runs_do_not() {
        audit().open(run(ALPHA, BRAVO));
        audit().create(pending(ALPHA));
        audit().create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, BRAVO, at(60)));

        assertThat(repository().openEntries()).isEqualTo(new OpenEntries(2, Optional.of(TWO_O_CLOCK)));
    }

    @Test
    void what_was_let_go_is_not_open() {
        repository().markNotified(ended(0, true), at(60));

        assertThat(repository().openEntries().count()).isZero();
    }

    @Test
    void what_only_waits_for_retention_is_not_open() {
        repository().markNotifiedToRetain(ended(0, true), at(60), at(360));

        assertThat(repository().openEntries().count()).isZero();
    }

    @Test
    void a_server_without_entries_is_not_known() {
        assertThat(repository().withoutSuccessSince(ALPHA.name())).isEmpty();
    }

    @Test
    void the_last_success_counts_whatever_failed_since() {
        ended(100, true);
        ended(200, true);
        ended(300, false);

        assertThat(repository().withoutSuccessSince(ALPHA.name())).contains(at(202));
    }

    @Test
    void a_server_that_never_succeeded_has_been_without_since_its_oldest_entry() {
        ended(100, false);
        ended(200, false);

        assertThat(repository().withoutSuccessSince(ALPHA.name())).contains(at(100));
    }
}
