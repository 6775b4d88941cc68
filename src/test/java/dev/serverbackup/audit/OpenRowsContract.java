package dev.serverbackup.audit;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.fleet.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every list of open rows keeps to. Each test has an empty audit. */
public abstract class OpenRowsContract {
    private static final Instant LATER = TWO_O_CLOCK.plusSeconds(600);
    private static final OpenRow RUN = new OpenRow("nightly", "run");
    private static final OpenRow ALPHAS = new OpenRow("nightly", "server#alpha");
    private static final OpenRow BRAVOS = new OpenRow("nightly", "server#bravo");

    protected abstract AuditTrail audit();

    protected abstract OpenRows open();

    private List<OpenRow> due(Instant now) {
        return open().due(now).stream().map(DueRow::row).toList();
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
        audit().settle(settled);
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
                        entries.stream().map(InMemoryOpenRows::key).toList());
    }

    @Test
    void what_is_due_shows_how_an_entry_stands_and_since_when() {
        audit().create(started(ALPHA));

        assertThat(open().due(LATER))
                .containsExactly(new DueRow(ALPHAS, Optional.of(EntryStatus.STARTED), TWO_O_CLOCK));
    }

    @Test
    void the_status_of_a_run_is_none_of_an_entrys() {
        settledRun();

        assertThat(open().due(LATER)).containsExactly(new DueRow(RUN, Optional.empty(), TWO_O_CLOCK));
    }

    @Test
    void what_was_started_on_a_server_is_shown_before_it_is_due() {
        audit().create(started(ALPHA));
        audit().create(started(BRAVO));
        audit().create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, ALPHA, TWO_O_CLOCK));

        assertThat(due(TWO_O_CLOCK)).doesNotContain(ALPHAS);
        assertThat(open().startedOn(ALPHA.name(), TWO_O_CLOCK)).containsExactly(ALPHAS);
        assertThat(open().startedOn(CHARLIE.name(), TWO_O_CLOCK)).isEmpty();
    }

    @Test
    void what_was_started_too_long_ago_is_not_shown_by_its_server() {
        audit().create(started(ALPHA));

        assertThat(open().startedOn(ALPHA.name(), TWO_O_CLOCK.plusMillis(1))).isEmpty();
    }

    @Test
    void what_has_ended_is_not_shown_by_its_server() {
        finalEntry(ALPHA);

        assertThat(open().startedOn(ALPHA.name(), TWO_O_CLOCK)).isEmpty();
    }

    @Test
    void rows_are_read_as_they_stand() {
        audit().open(run(ALPHA));
        audit().create(started(ALPHA));

        assertThat(open().read(RUN)).isEqualTo(new Row.OfRun(run(ALPHA)));
        assertThat(open().read(ALPHAS)).isEqualTo(new Row.OfEntry(started(ALPHA)));
    }

    @Test
    void a_row_that_is_not_there_is_closed() {
        assertThat(open().read(RUN)).isEqualTo(new Row.Closed());
        assertThat(open().read(ALPHAS)).isEqualTo(new Row.Closed());
    }

    @Test
    void a_noticed_entry_has_left_and_stays_as_it_was() {
        Entry failed = finalEntry(ALPHA);
        finalEntry(BRAVO);

        open().noticed(failed, LATER);
        open().noticed(failed, LATER.plusSeconds(1));

        assertThat(due(LATER.plusSeconds(60))).containsExactly(BRAVOS);
        assertThat(open().read(ALPHAS)).isEqualTo(new Row.Closed());
        assertThat(audit().entry(NIGHTLY, ALPHA.name()).map(Entry::status)).contains(EntryStatus.FAILED);
        assertThat(audit().entry(NIGHTLY, ALPHA.name()).flatMap(Entry::error)).contains(BUSY);
    }

    @Test
    void a_noticed_run_stays_open_until_it_is_released() {
        Run settled = settledRun();

        open().noticed(settled, LATER);

        assertThat(due(LATER)).containsExactly(RUN);
        assertThat(open().read(RUN))
                .isInstanceOfSatisfying(
                        Row.OfNoticedRun.class,
                        noticed -> assertThat(noticed.run()).isEqualTo(settled));
    }

    @Test
    void all_rows_of_a_run_expire_400_days_after_its_first_notice() {
        Run settled = settledRun();

        open().noticed(settled, LATER);
        open().noticed(settled, LATER.plusSeconds(60));

        assertThat(open().read(RUN)).isEqualTo(new Row.OfNoticedRun(settled, LATER.plus(Duration.ofDays(400))));
    }

    @Test
    void a_released_run_has_left_and_stays_as_it_was() {
        Run settled = settledRun();
        open().noticed(settled, LATER);

        open().release(settled);
        open().release(settled);

        assertThat(due(LATER)).isEmpty();
        assertThat(open().read(RUN)).isEqualTo(new Row.Closed());
        assertThat(audit().run(NIGHTLY)).contains(settled);
    }

    @Test
    void a_run_that_was_not_noticed_is_not_released() {
        Run settled = settledRun();

        open().release(settled);

        assertThat(open().read(RUN)).isEqualTo(new Row.OfRun(settled));
    }

    @Test
    void no_expiry_is_due_while_an_entry_of_the_run_is_open() {
        Run settled = settledRun();
        open().noticed(finalEntry(ALPHA), LATER);
        Entry bravo = finalEntry(BRAVO);

        assertThat(open().withoutExpiry(settled)).isEmpty();

        open().noticed(bravo, LATER);
        assertThat(open().withoutExpiry(settled))
                .hasValueSatisfying(rows -> assertThat(rows).containsExactlyInAnyOrder(ALPHAS, BRAVOS));
    }

    @Test
    void an_entry_that_has_its_expiry_is_not_due_for_it_again() {
        Run settled = settledRun();
        open().noticed(finalEntry(ALPHA), LATER);

        open().expire(ALPHAS, LATER.plus(Duration.ofDays(400)));

        assertThat(open().withoutExpiry(settled)).contains(List.of());
    }

    @Test
    void an_entry_that_is_open_gets_no_expiry() {
        finalEntry(ALPHA);

        open().expire(ALPHAS, TWO_O_CLOCK);

        assertThat(open().read(ALPHAS)).isInstanceOf(Row.OfEntry.class);
    }

    @Test
    void the_expiry_of_a_row_that_is_gone_brings_none_back() {
        open().expire(ALPHAS, LATER);
        open().release(run(ALPHA));

        assertThat(audit().entries(NIGHTLY)).isEmpty();
        assertThat(audit().run(NIGHTLY)).isEmpty();
    }

    @Test
    void nothing_leaves_that_does_not_stand_as_it_was_noticed() {
        audit().open(run(ALPHA));
        audit().create(pending(ALPHA));

        open().noticed(pending(ALPHA).failed(BUSY, LATER), LATER);
        open().noticed(run(ALPHA).standing(RunStatus.FAILED, Map.of()), LATER);

        assertThat(due(LATER)).containsExactlyInAnyOrder(RUN, ALPHAS);
    }

    @Test
    void a_notice_of_a_row_that_is_gone_brings_none_back() {
        open().noticed(pending(ALPHA).failed(BUSY, LATER), LATER);
        open().noticed(run(ALPHA).standing(RunStatus.FAILED, Map.of()), LATER);
        open().postpone(run(ALPHA), LATER);

        assertThat(audit().entries(NIGHTLY)).isEmpty();
        assertThat(audit().run(NIGHTLY)).isEmpty();
        assertThat(due(LATER)).isEmpty();
    }

    @Test
    void a_postponed_run_is_due_later() {
        audit().open(run(ALPHA));

        open().postpone(run(ALPHA), LATER);

        assertThat(due(LATER.minusMillis(1))).isEmpty();
        assertThat(due(LATER)).containsExactly(RUN);
        assertThat(open().read(RUN)).isEqualTo(new Row.OfRun(run(ALPHA)));
    }

    @Test
    void postponing_does_not_bring_a_run_back_that_has_left() {
        Run settled = settledRun();
        open().noticed(settled, LATER);
        open().release(settled);

        open().postpone(settled, LATER);

        assertThat(due(LATER)).isEmpty();
    }

    @Test
    void rows_of_all_runs_are_due() {
        audit().create(pending(ALPHA));
        audit().create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, ALPHA, TWO_O_CLOCK));

        assertThat(due(TWO_O_CLOCK)).containsExactlyInAnyOrder(ALPHAS, new OpenRow("hourly", "server#alpha"));
    }

    @Test
    void a_noticed_entry_after_which_retention_is_due_stays_open_until_it_is_let_go() {
        Entry failed = finalEntry(ALPHA);
        Instant again = LATER.plusSeconds(300);

        open().noticedToRetain(failed, LATER, again);

        assertThat(open().read(ALPHAS))
                .isInstanceOfSatisfying(
                        Row.OfNoticedEntry.class,
                        row -> assertThat(row.entry().error()).contains(BUSY));
        assertThat(due(again.minusMillis(1))).isEmpty();
        assertThat(due(again)).containsExactly(ALPHAS);

        open().noticed(failed, again);
        assertThat(open().read(ALPHAS)).isEqualTo(new Row.Closed());
    }

    @Test
    void an_entry_that_has_left_does_not_come_back_for_retention() {
        Entry failed = finalEntry(ALPHA);
        open().noticed(failed, LATER);

        open().noticedToRetain(failed, LATER, LATER);

        assertThat(open().read(ALPHAS)).isEqualTo(new Row.Closed());
    }
}
