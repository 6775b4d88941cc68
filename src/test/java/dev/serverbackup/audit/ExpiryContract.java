package dev.serverbackup.audit;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.ManualClock;
import dev.serverbackup.audit.AuditRepository.CreateRunResult;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row that has expired is absent, although nothing has removed it. Each test has one expired run of alpha. */
public abstract class ExpiryContract {
    private static final Duration KEPT = Duration.ofDays(400);
    private static final Instant NOTIFIED = TWO_O_CLOCK.plusSeconds(600);

    protected final ManualClock clock = new ManualClock(TWO_O_CLOCK);
    private Entry old;

    protected abstract AuditRepository audit();

    /** Keeps rows for 400 days. */
    protected abstract FollowUpRepository repository();

    @BeforeEach
    void let_a_run_expire() {
        audit().open(run(ALPHA));
        audit().create(pending(ALPHA));
        audit().replace(pending(ALPHA), claimed(ALPHA));
        audit().replace(claimed(ALPHA), started(ALPHA));
        old = started(ALPHA).succeeded(backup(ALPHA).with("Status", "OK"), NOTIFIED);
        audit().replace(started(ALPHA), old);
        Run settled = run(ALPHA).standing(RunStatus.SUCCEEDED, Map.of(EntryStatus.SUCCEEDED, 1));
        audit().finish(settled);
        repository().markNotified(old, NOTIFIED);
        repository().markNotified(settled, NOTIFIED);
        repository()
                .withoutExpiry(settled)
                .orElseThrow()
                .forEach(row -> repository().expire(row, NOTIFIED.plus(KEPT)));
        repository().release(settled);
        clock.move(Duration.between(TWO_O_CLOCK, NOTIFIED.plus(KEPT)));
    }

    private Run repeated(Server... servers) {
        Run run = run(servers);
        return like(run, run.backend(), clock.instant());
    }

    private Entry repeatedEntry(Server server) {
        return Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, server, clock.instant());
    }

    @Test
    void a_second_earlier_the_rows_are_there() {
        clock.move(Duration.ofSeconds(-1));

        assertThat(audit().run(NIGHTLY)).isPresent();
        assertThat(audit().entries(NIGHTLY))
                .containsExactly(audit().entry(NIGHTLY, ALPHA.name()).orElseThrow());
        assertThat(repository().undeleted(ALPHA.name())).containsExactly(PastBackup.of(old));
    }

    @Test
    void an_expired_row_is_absent_to_every_read() {
        assertThat(audit().run(NIGHTLY)).isEmpty();
        assertThat(audit().entries(NIGHTLY)).isEmpty();
        assertThat(audit().entry(NIGHTLY, ALPHA.name())).isEmpty();
        assertThat(repository().read(new OpenRow("nightly", "run"))).isEqualTo(new Row.Closed());
        assertThat(repository().read(new OpenRow("nightly", "server#alpha"))).isEqualTo(new Row.Closed());
        assertThat(repository().undeleted(ALPHA.name())).isEmpty();
    }

    @Test
    void a_repeated_request_is_a_new_run_as_a_whole() {
        Run again = repeated(ALPHA, BRAVO);

        assertThat(audit().open(again)).isEqualTo(new CreateRunResult.Opened(again));
        assertThat(audit().createAll(List.of(repeatedEntry(ALPHA), repeatedEntry(BRAVO))))
                .containsExactly(repeatedEntry(ALPHA), repeatedEntry(BRAVO));

        assertThat(audit().run(NIGHTLY)).contains(again);
        assertThat(audit().entries(NIGHTLY)).containsExactly(repeatedEntry(ALPHA), repeatedEntry(BRAVO));
        assertThat(repository().due(clock.instant()))
                .extracting(DueRow::row)
                .containsExactlyInAnyOrder(
                        new OpenRow("nightly", "run"),
                        new OpenRow("nightly", "server#alpha"),
                        new OpenRow("nightly", "server#bravo"));
    }

    @Test
    void an_entry_alone_is_created_anew_in_the_place_of_an_expired_one() {
        assertThat(audit().create(repeatedEntry(ALPHA))).isEqualTo(repeatedEntry(ALPHA));

        assertThat(audit().entry(NIGHTLY, ALPHA.name())).contains(repeatedEntry(ALPHA));
    }

    @Test
    void an_expired_entry_cannot_be_replaced() {
        assertThatThrownBy(() -> audit().replace(started(ALPHA), old)).isInstanceOf(AuditUnavailableException.class);
    }

    @Test
    void nothing_is_deleted_that_only_an_expired_entry_vouches_for() {
        assertThat(repository().intendDeletion(PastBackup.of(old), clock.instant(), "last 7"))
                .isFalse();
    }

    @Test
    void an_expired_success_is_no_success_to_the_figures() {
        assertThat(repository().withoutSuccessSince(ALPHA.name())).isEmpty();
    }
}
