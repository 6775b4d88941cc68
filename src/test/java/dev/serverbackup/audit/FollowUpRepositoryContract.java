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
public interface FollowUpRepositoryContract {
    Instant THREE_O_CLOCK = TWO_O_CLOCK.plusSeconds(3_600);
    Instant FOUR_O_CLOCK = TWO_O_CLOCK.plusSeconds(7_200);
    Duration KEPT = Duration.ofDays(400);
    Instant LATER = TWO_O_CLOCK.plusSeconds(600);
    OpenRow RUN = new OpenRow("nightly", "run");
    OpenRow ALPHAS = new OpenRow("nightly", "server#alpha");
    OpenRow BRAVOS = new OpenRow("nightly", "server#bravo");

    AuditRepository audit();

    FollowUpRepository followUps();

    /**
     * What the row of a backup says of its deletion.
     *
     * @param error its type
     */
    public record Deletion(
            Optional<Instant> intended, Optional<String> notKeptBy, Optional<Instant> done, Optional<String> error) {}

    Deletion deletion(PastBackup backup);

    private List<OpenRow> due(Instant now) {
        return followUps().due(now).stream().map(DueRow::row).toList();
    }

    private Entry finalEntry(Server server) {
        Entry failed = pending(server).failed(BUSY, LATER);
        write(pending(server), failed);
        return failed;
    }

    private void write(Entry first, Entry... next) {
        audit().create(first);
        Entry standing = first;
        for (Entry entry : next) {
            audit().replace(standing, entry);
            standing = entry;
        }
    }

    private Run settledRun() {
        Run settled = run(ALPHA).standing(RunStatus.FAILED, Map.of(EntryStatus.FAILED, 1));
        audit().open(run(ALPHA));
        audit().finish(settled);
        return settled;
    }

    @Test
    default void an_empty_audit_tells_of_nothing() {
        assertThat(due(LATER)).isEmpty();
        assertThat(followUps().read(RUN)).isEqualTo(new Row.Closed());
        assertThat(followUps().read(ALPHAS)).isEqualTo(new Row.Closed());
        assertThat(followUps().openEntries()).isEqualTo(new OpenEntries(0, Optional.empty()));
        assertThat(followUps().withoutSuccessSince(ALPHA.name())).isEmpty();
    }

    @Test
    default void runs_and_their_entries_are_due_from_the_start() {
        audit().open(run(ALPHA));
        audit().create(pending(ALPHA));
        audit().create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, ALPHA, TWO_O_CLOCK));

        assertThat(due(TWO_O_CLOCK)).containsExactlyInAnyOrder(RUN, ALPHAS, new OpenRow("hourly", "server#alpha"));
        assertThat(due(TWO_O_CLOCK.minusMillis(1))).isEmpty();
    }

    @Test
    default void an_entry_is_due_when_its_next_action_is_and_the_oldest_come_first() {
        Instant leaseOver = claimed(ALPHA).leaseUntil().orElseThrow();
        write(pending(ALPHA), claimed(ALPHA));
        assertThat(due(leaseOver.minusMillis(1))).isEmpty();
        assertThat(due(leaseOver)).containsExactly(ALPHAS);

        audit().create(pending(BRAVO));
        assertThat(due(leaseOver)).containsExactly(BRAVOS, ALPHAS);
    }

    @Test
    default void many_come_each_once() {
        List<Entry> entries = IntStream.range(0, 250)
                .mapToObj(i -> pending(server("web-%03d".formatted(i))))
                .toList();
        audit().createAll(entries.subList(0, 100));
        audit().createAll(entries.subList(100, 200));
        audit().createAll(entries.subList(200, 250));

        assertThat(due(TWO_O_CLOCK))
                .containsExactlyInAnyOrderElementsOf(
                        entries.stream().map(InMemoryFollowUpRepository::key).toList());
    }

    @Test
    default void what_is_due_shows_how_an_entry_stands_and_since_when_and_is_read_so() {
        audit().create(started(ALPHA));
        Run settled = settledRun();

        assertThat(followUps().due(LATER))
                .containsExactlyInAnyOrder(
                        new DueRow(ALPHAS, Optional.of(EntryStatus.STARTED), TWO_O_CLOCK),
                        new DueRow(RUN, Optional.empty(), TWO_O_CLOCK));
        assertThat(followUps().read(RUN)).isEqualTo(new Row.OfRun(settled));
        assertThat(followUps().read(ALPHAS)).isEqualTo(new Row.OfEntry(started(ALPHA)));
    }

    @Test
    default void what_was_started_on_a_server_is_shown_before_it_is_due() {
        audit().create(started(ALPHA));
        audit().create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, ALPHA, TWO_O_CLOCK));
        finalEntry(BRAVO);

        assertThat(due(TWO_O_CLOCK)).doesNotContain(ALPHAS);
        assertThat(followUps().startedOn(ALPHA.name(), TWO_O_CLOCK)).containsExactly(ALPHAS);
        assertThat(followUps().startedOn(ALPHA.name(), TWO_O_CLOCK.plusMillis(1)))
                .isEmpty();
        assertThat(followUps().startedOn(BRAVO.name(), TWO_O_CLOCK)).isEmpty();
    }

    @Test
    default void a_notified_entry_has_left_and_stays_as_it_was() {
        Entry failed = finalEntry(ALPHA);
        finalEntry(BRAVO);

        followUps().markNotified(failed, LATER);
        followUps().markNotified(failed, LATER.plusSeconds(1));
        followUps().markNotifiedRetentionDue(failed, LATER, LATER);

        assertThat(due(LATER.plusSeconds(60))).containsExactly(BRAVOS);
        assertThat(followUps().read(ALPHAS)).isEqualTo(new Row.Closed());
        assertThat(audit().entry(NIGHTLY, ALPHA.name()).map(Entry::status)).contains(EntryStatus.FAILED);
        assertThat(audit().entry(NIGHTLY, ALPHA.name()).flatMap(Entry::error)).contains(BUSY);
    }

    @Test
    default void a_notified_run_stays_open_and_its_rows_expire_400_days_after_its_first_notification() {
        Run settled = settledRun();

        followUps().markNotified(settled, LATER);
        followUps().markNotified(settled, LATER.plusSeconds(60));

        assertThat(due(LATER)).containsExactly(RUN);
        assertThat(followUps().read(RUN)).isEqualTo(new Row.OfNotifiedRun(settled, LATER.plus(KEPT)));
    }

    @Test
    default void a_released_run_has_left_and_stays_as_it_was() {
        Run settled = settledRun();
        followUps().release(settled);
        assertThat(followUps().read(RUN))
                .describedAs("not before it was notified")
                .isEqualTo(new Row.OfRun(settled));

        followUps().markNotified(settled, LATER);
        followUps().release(settled);
        followUps().release(settled);
        followUps().postpone(settled, LATER);

        assertThat(due(LATER)).isEmpty();
        assertThat(followUps().read(RUN)).isEqualTo(new Row.Closed());
        assertThat(audit().run(NIGHTLY)).contains(settled);
    }

    @Test
    default void no_expiry_is_due_while_an_entry_of_the_run_is_open_nor_of_one_that_has_its_own() {
        Run settled = settledRun();
        followUps().markNotified(finalEntry(ALPHA), LATER);
        Entry bravo = finalEntry(BRAVO);
        assertThat(followUps().withoutExpiry(settled)).isEmpty();

        followUps().markNotified(bravo, LATER);
        assertThat(followUps().withoutExpiry(settled))
                .hasValueSatisfying(rows -> assertThat(rows).containsExactlyInAnyOrder(ALPHAS, BRAVOS));

        followUps().expire(ALPHAS, LATER.plus(KEPT));
        assertThat(followUps().withoutExpiry(settled)).contains(List.of(BRAVOS));
    }

    @Test
    default void an_entry_that_is_open_gets_no_expiry() {
        finalEntry(ALPHA);

        followUps().expire(ALPHAS, TWO_O_CLOCK);

        assertThat(followUps().read(ALPHAS)).isInstanceOf(Row.OfEntry.class);
    }

    @Test
    default void nothing_brings_back_a_row_that_is_gone() {
        followUps().expire(ALPHAS, LATER);
        followUps().release(run(ALPHA));
        followUps().markNotified(pending(ALPHA).failed(BUSY, LATER), LATER);
        followUps().markNotified(run(ALPHA).standing(RunStatus.FAILED, Map.of()), LATER);
        followUps().postpone(run(ALPHA), LATER);

        assertThat(audit().entries(NIGHTLY)).isEmpty();
        assertThat(audit().run(NIGHTLY)).isEmpty();
        assertThat(due(LATER)).isEmpty();
    }

    @Test
    default void nothing_leaves_that_does_not_stand_as_it_was_notified() {
        audit().open(run(ALPHA));
        audit().create(pending(ALPHA));

        followUps().markNotified(pending(ALPHA).failed(BUSY, LATER), LATER);
        followUps().markNotified(run(ALPHA).standing(RunStatus.FAILED, Map.of()), LATER);

        assertThat(due(LATER)).containsExactlyInAnyOrder(RUN, ALPHAS);
    }

    @Test
    default void a_postponed_run_is_due_later() {
        audit().open(run(ALPHA));

        followUps().postpone(run(ALPHA), LATER);

        assertThat(due(LATER.minusMillis(1))).isEmpty();
        assertThat(due(LATER)).containsExactly(RUN);
        assertThat(followUps().read(RUN)).isEqualTo(new Row.OfRun(run(ALPHA)));
    }

    @Test
    default void a_notified_entry_after_which_retention_is_due_stays_open_until_it_is_let_go() {
        Entry failed = finalEntry(ALPHA);
        Instant again = LATER.plusSeconds(300);

        followUps().markNotifiedRetentionDue(failed, LATER, again);

        assertThat(followUps().read(ALPHAS))
                .isInstanceOfSatisfying(
                        Row.OfNotifiedEntry.class,
                        row -> assertThat(row.entry().error()).contains(BUSY));
        assertThat(due(again.minusMillis(1))).isEmpty();
        assertThat(due(again)).containsExactly(ALPHAS);

        followUps().markNotified(failed, again);
        assertThat(followUps().read(ALPHAS)).isEqualTo(new Row.Closed());
    }

    private PastBackup succeeded(Server server) {
        Entry succeeded = started(server).succeeded(backup(server), TWO_O_CLOCK.plusSeconds(60));
        write(pending(server), claimed(server), started(server), succeeded);
        return PastBackup.of(succeeded);
    }

    @Test
    default void the_good_backups_of_a_server_are_there_to_be_kept_or_deleted_and_counted_up_to_a_limit() {
        PastBackup past = succeeded(ALPHA);
        write(pending(BRAVO), claimed(BRAVO), started(BRAVO));
        write(
                pending(CHARLIE),
                claimed(CHARLIE),
                started(CHARLIE),
                started(CHARLIE).failed(BUSY, TWO_O_CLOCK));

        assertThat(followUps().undeleted(ALPHA.name())).containsExactly(past);
        assertThat(followUps().undeleted(BRAVO.name())).isEmpty();
        assertThat(followUps().undeleted(CHARLIE.name())).isEmpty();
        assertThat(followUps().countUndeleted(CHARLIE.name(), 10)).isZero();

        ended(100, true);
        assertThat(followUps().countUndeleted(ALPHA.name(), 1)).isEqualTo(1);
        assertThat(followUps().countUndeleted(ALPHA.name(), 10)).isEqualTo(2);
    }

    @Test
    default void an_intention_is_written_and_the_first_instant_stays_but_the_last_rules() {
        PastBackup past = succeeded(ALPHA);

        assertThat(followUps().intendDeletion(past, THREE_O_CLOCK, "last 7")).isTrue();
        assertThat(followUps().intendDeletion(past, FOUR_O_CLOCK, "last 7, daily 14 in UTC"))
                .isTrue();

        assertThat(deletion(past))
                .isEqualTo(new Deletion(
                        Optional.of(THREE_O_CLOCK),
                        Optional.of("last 7, daily 14 in UTC"),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(followUps().undeleted(ALPHA.name())).containsExactly(past.intended(Optional.empty()));
        assertThat(followUps().countUndeleted(ALPHA.name(), 10)).isEqualTo(1);
    }

    @Test
    default void what_an_accepted_deletion_is_known_by_is_reported_with_its_backup_and_the_last_stays() {
        PastBackup past = succeeded(ALPHA);
        followUps().intendDeletion(past, THREE_O_CLOCK, "last 7");

        followUps().deletionAccepted(past, "command-1");
        followUps().deletionAccepted(past, "command-2");

        assertThat(followUps().undeleted(ALPHA.name())).containsExactly(past.intended(Optional.of("command-2")));
    }

    @Test
    default void nothing_may_be_deleted_that_the_audit_does_not_know_or_that_has_not_succeeded() {
        PastBackup past = succeeded(ALPHA);
        write(pending(BRAVO), claimed(BRAVO), started(BRAVO));

        for (PastBackup unknown : List.of(
                taken(HOURLY, ALPHA.name(), past.backupId()),
                taken(NIGHTLY, CHARLIE.name(), past.backupId()),
                taken(NIGHTLY, ALPHA.name(), "by-hand-1"),
                past(BRAVO))) {
            assertThat(followUps().intendDeletion(unknown, THREE_O_CLOCK, "last 7"))
                    .isFalse();
        }
        assertThat(deletion(past).intended()).isEmpty();
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

    @Test
    default void a_deletion_is_recorded_once_and_changes_no_outcome() {
        PastBackup past = succeeded(ALPHA);
        Entry before = audit().entry(NIGHTLY, ALPHA.name()).orElseThrow();
        followUps().intendDeletion(past, THREE_O_CLOCK, "last 7");

        followUps().deleted(past, THREE_O_CLOCK);
        followUps().deleted(past, FOUR_O_CLOCK);

        assertThat(followUps().undeleted(ALPHA.name())).isEmpty();
        assertThat(followUps().countUndeleted(ALPHA.name(), 10)).isZero();
        assertThat(followUps().intendDeletion(past, FOUR_O_CLOCK, "last 1")).isFalse();
        assertThat(deletion(past))
                .isEqualTo(new Deletion(
                        Optional.of(THREE_O_CLOCK),
                        Optional.of("last 7"),
                        Optional.of(THREE_O_CLOCK),
                        Optional.empty()));
        assertThat(audit().entry(NIGHTLY, ALPHA.name())).contains(before);
    }

    @Test
    default void why_a_backup_was_not_deleted_is_recorded_once_it_is_intended_and_until_it_is_deleted() {
        PastBackup past = succeeded(ALPHA);
        followUps().deleted(past, THREE_O_CLOCK);
        followUps().notDeleted(past, BUSY);
        assertThat(deletion(past))
                .isEqualTo(new Deletion(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));

        followUps().intendDeletion(past, THREE_O_CLOCK, "last 7");
        followUps().notDeleted(past, NO_ANSWER);
        followUps().notDeleted(past, BUSY);
        assertThat(deletion(past).error()).contains(BUSY.type().name());

        followUps().deleted(past, FOUR_O_CLOCK);
        followUps().notDeleted(past, BUSY);
        assertThat(deletion(past).error()).isEmpty();
    }

    private static Instant at(int second) {
        return TWO_O_CLOCK.plusSeconds(second);
    }

    private Entry ended(int second, boolean well) {
        Entry first = Entry.pending(new RunId("run-" + second), BackupBackend.OPSWORKS_CM, ALPHA, at(second));
        Entry claimed = first.claimed(FIRST, at(second + 120));
        Entry started = claimed.started(backup(ALPHA), at(second + 1));
        Entry ended = well ? started.succeeded(backup(ALPHA), at(second + 2)) : started.failed(BUSY, at(second + 2));
        write(first, claimed, started, ended);
        return ended;
    }

    @Test
    default void all_open_entries_count_due_or_not_and_runs_do_not() {
        audit().open(run(ALPHA, BRAVO));
        audit().create(pending(ALPHA));
        audit().create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, BRAVO, at(60)));

        assertThat(followUps().openEntries()).isEqualTo(new OpenEntries(2, Optional.of(TWO_O_CLOCK)));
    }

    @Test
    default void what_was_let_go_or_only_waits_for_retention_is_not_open() {
        followUps().markNotified(ended(0, true), at(60));
        followUps().markNotifiedRetentionDue(ended(10, true), at(60), at(360));

        assertThat(followUps().openEntries().count()).isZero();
    }

    @Test
    default void a_server_has_been_without_success_since_its_last_or_else_since_its_oldest_entry() {
        ended(100, false);
        ended(200, false);
        assertThat(followUps().withoutSuccessSince(ALPHA.name())).contains(at(100));

        ended(300, true);
        ended(400, true);
        ended(500, false);
        assertThat(followUps().withoutSuccessSince(ALPHA.name())).contains(at(402));
    }
}
