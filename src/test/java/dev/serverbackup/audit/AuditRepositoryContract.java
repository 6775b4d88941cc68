package dev.serverbackup.audit;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.audit.AuditRepository.CreateRunResult;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.server.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every audit trail keeps to. Each test has an empty one. */
public interface AuditRepositoryContract {
    Instant LATER = TWO_O_CLOCK.plusSeconds(600);

    AuditRepository audit();

    @Test
    default void a_run_that_nobody_opened_is_absent() {
        assertThat(audit().run(NIGHTLY)).isEmpty();
        assertThat(audit().entries(NIGHTLY)).isEmpty();
        assertThat(audit().entry(NIGHTLY, ALPHA.name())).isEmpty();
    }

    @Test
    default void the_first_opening_of_a_run_wins_and_the_same_again_is_no_conflict() {
        assertThat(audit().open(run(ALPHA))).isEqualTo(new CreateRunResult.Opened(run(ALPHA)));
        assertThat(audit().open(run(BRAVO))).isEqualTo(new CreateRunResult.AlreadyOpen(run(ALPHA)));
        assertThat(audit().open(run(ALPHA))).isEqualTo(new CreateRunResult.Opened(run(ALPHA)));

        assertThat(audit().run(NIGHTLY)).contains(run(ALPHA));
    }

    @Test
    default void every_field_of_a_run_survives_with_targets_of_any_kind() {
        Server instance = new Server(
                ALPHA.name(), Optional.of("arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0"), Map.of());
        Run full = run(instance, BRAVO, Server.named(CHARLIE.name()))
                .standing(RunStatus.RUNNING, Map.of(EntryStatus.STARTED, 1, EntryStatus.PENDING, 1));

        audit().open(full);

        assertThat(audit().run(NIGHTLY)).contains(full);
    }

    @Test
    default void a_run_is_settled_once_and_given_so_to_whoever_opens_it_late() {
        audit().open(run(ALPHA));
        Run settled = run(ALPHA)
                .standing(RunStatus.PARTIALLY_FAILED, Map.of(EntryStatus.SUCCEEDED, 1, EntryStatus.FAILED, 1));

        audit().finish(settled);
        audit().finish(run(ALPHA).standing(RunStatus.SUCCEEDED, Map.of(EntryStatus.SUCCEEDED, 1)));

        assertThat(audit().run(NIGHTLY)).contains(settled);
        assertThat(audit().open(run(ALPHA))).isEqualTo(new CreateRunResult.AlreadyOpen(settled));
    }

    @Test
    default void settling_a_run_that_nobody_opened_writes_nothing() {
        audit().finish(run(ALPHA).standing(RunStatus.FAILED, Map.of(EntryStatus.FAILED, 1)));

        assertThat(audit().run(NIGHTLY)).isEmpty();
    }

    @Test
    default void an_entry_is_created_once_and_later_the_one_that_stands_is_answered() {
        assertThat(audit().create(pending(ALPHA))).isEqualTo(pending(ALPHA));
        assertThat(audit().create(pending(ALPHA))).isEqualTo(pending(ALPHA));
        audit().replace(pending(ALPHA), claimed(ALPHA));

        assertThat(audit().create(pending(ALPHA))).isEqualTo(claimed(ALPHA));
        assertThat(audit().entries(NIGHTLY)).containsExactly(claimed(ALPHA));
    }

    @Test
    default void a_hundred_entries_are_created_at_once_and_the_same_again_is_no_conflict() {
        List<Entry> hundred = IntStream.range(0, AuditRepository.MOST_CREATED_AT_ONCE)
                .mapToObj(i -> pending(server("web-%03d".formatted(i))))
                .toList();

        assertThat(audit().createAll(hundred)).isEqualTo(hundred);
        assertThat(audit().createAll(hundred)).isEqualTo(hundred);
        assertThat(audit().entries(NIGHTLY)).isEqualTo(hundred);
    }

    @Test
    default void an_entry_that_stands_stays_and_the_others_are_created_all_the_same() {
        audit().create(pending(BRAVO));
        audit().replace(pending(BRAVO), claimed(BRAVO));
        List<Entry> three = List.of(pending(CHARLIE), pending(BRAVO), pending(ALPHA));

        assertThat(audit().createAll(three)).containsExactly(pending(CHARLIE), claimed(BRAVO), pending(ALPHA));

        assertThat(audit().entries(NIGHTLY)).containsExactly(pending(ALPHA), claimed(BRAVO), pending(CHARLIE));
    }

    @Test
    default void entries_come_in_the_order_of_names_and_of_one_run_only() {
        audit().open(run(ALPHA, BRAVO));
        audit().create(pending(BRAVO));
        audit().create(pending(ALPHA));
        audit().create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, ALPHA, TWO_O_CLOCK));

        assertThat(audit().entries(NIGHTLY)).containsExactly(pending(ALPHA), pending(BRAVO));
    }

    static List<Entry> entries_of_every_kind() {
        BackupError full = new BackupError(
                ErrorType.SERVICE_UNAVAILABLE, "no \"capacity\"", Optional.of(503), Optional.of("r"), true);
        Entry inDoubt = claimed(ALPHA).inDoubt(full);
        Entry named = Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, Server.named(ALPHA.name()), TWO_O_CLOCK);
        return List.of(
                named,
                named.claimed(FIRST, LATER),
                inDoubt,
                inDoubt.takenOver(SECOND, LATER),
                inDoubt.givenBack(Optional.of(full.withoutEffect()), LATER),
                started(ALPHA),
                started(ALPHA).succeeded(backup(ALPHA).with("Status", "OK"), LATER),
                started(ALPHA).failed(BUSY, LATER),
                inDoubt.failed(full, LATER.plusMillis(1)));
    }

    @ParameterizedTest
    @MethodSource("dev.serverbackup.audit.AuditRepositoryContract#entries_of_every_kind")
    default void every_field_of_an_entry_survives(Entry entry) {
        audit().create(entry);

        assertThat(audit().entry(NIGHTLY, ALPHA.name())).contains(entry);
        assertThat(audit().entries(NIGHTLY)).containsExactly(entry);
    }

    @ParameterizedTest
    @MethodSource("dev.serverbackup.audit.AuditRepositoryContract#entries_of_every_kind")
    default void a_write_that_arrives_twice_is_no_conflict(Entry entry) {
        Entry before = pending(ALPHA).claimed(new AttemptId("attempt-0"), LATER);
        audit().create(before);

        assertThat(audit().replace(before, entry)).isEqualTo(new Replacement.Replaced(entry));
        assertThat(audit().replace(before, entry)).isEqualTo(new Replacement.Replaced(entry));
    }

    /** Of the writes so far the last stands; one who saw something else has to look again. */
    private void assertOvertaken(Entry seen, Entry next, Entry standing) {
        assertThat(audit().replace(seen, next)).isEqualTo(new Replacement.Conflict(standing));
        assertThat(audit().entry(NIGHTLY, ALPHA.name())).contains(standing);
    }

    @Test
    default void who_saw_another_status_is_overtaken_and_so_is_who_saw_no_attempt() {
        Entry back = claimed(ALPHA).givenBack(Optional.of(BUSY), LATER);
        audit().create(pending(ALPHA));
        audit().replace(pending(ALPHA), claimed(ALPHA));
        audit().replace(claimed(ALPHA), back);

        assertOvertaken(claimed(ALPHA), started(ALPHA), back);
        assertOvertaken(pending(ALPHA), pending(ALPHA).claimed(SECOND, LATER), back);
    }

    @Test
    default void who_saw_another_attempt_is_overtaken() {
        Entry theirs = pending(ALPHA).claimed(SECOND, LATER);
        audit().create(pending(ALPHA));
        audit().replace(pending(ALPHA), theirs);

        assertOvertaken(claimed(ALPHA), started(ALPHA), theirs);
    }

    @Test
    default void ones_own_write_that_another_has_since_replaced_is_overtaken() {
        Entry theirs = claimed(ALPHA).takenOver(SECOND, LATER);
        audit().create(pending(ALPHA));
        audit().replace(pending(ALPHA), claimed(ALPHA));
        audit().replace(claimed(ALPHA), theirs);

        assertOvertaken(pending(ALPHA), claimed(ALPHA), theirs);
    }

    @Test
    default void a_final_entry_cannot_be_replaced() {
        Entry failed = pending(ALPHA).failed(BUSY, LATER);
        audit().create(pending(ALPHA));
        audit().replace(pending(ALPHA), failed);

        assertThatThrownBy(() -> audit().replace(failed, failed)).isInstanceOf(IllegalArgumentException.class);
        assertThat(audit().replace(pending(ALPHA), claimed(ALPHA))).isEqualTo(new Replacement.Conflict(failed));

        assertThat(audit().entry(NIGHTLY, ALPHA.name())).contains(failed);
    }

    @Test
    default void an_entry_that_is_not_there_any_more_cannot_be_replaced_and_does_not_come_back() {
        assertThatThrownBy(() -> audit().replace(pending(ALPHA), claimed(ALPHA)))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessage("server#alpha of run nightly is not in the audit table any more");

        assertThat(audit().entry(NIGHTLY, ALPHA.name())).isEmpty();
    }

    @Test
    default void of_many_who_claim_one_entry_at_once_one_gets_it() throws Exception {
        audit().create(pending(ALPHA));
        List<Callable<Replacement>> claims = IntStream.range(0, 16)
                .mapToObj(i -> pending(ALPHA).claimed(new AttemptId("of worker " + i), LATER))
                .<Callable<Replacement>>map(claim -> () -> audit().replace(pending(ALPHA), claim))
                .toList();

        List<Replacement> results;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            results = threads.invokeAll(claims).stream()
                    .map(future -> future.resultNow())
                    .toList();
        }

        Entry standing = audit().entry(NIGHTLY, ALPHA.name()).orElseThrow();
        assertThat(results).containsOnlyOnce(new Replacement.Replaced(standing));
        assertThat(results.stream().filter(Replacement.Conflict.class::isInstance))
                .hasSize(15)
                .allMatch(new Replacement.Conflict(standing)::equals);
    }
}
