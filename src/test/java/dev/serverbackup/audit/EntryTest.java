package dev.serverbackup.audit;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntryTest {
    private static final Instant LEASE = TWO_O_CLOCK.plusSeconds(120);
    private static final Instant LATER = TWO_O_CLOCK.plusSeconds(600);

    private static final Map<EntryStatus, Entry> IN_EACH_STATUS = Map.of(
            EntryStatus.PENDING, pending(ALPHA),
            EntryStatus.CALLING, claimed(ALPHA),
            EntryStatus.STARTED, started(ALPHA),
            EntryStatus.SUCCEEDED, started(ALPHA).succeeded(backup(ALPHA), LATER),
            EntryStatus.FAILED, pending(ALPHA).failed(BUSY, LATER));

    private static final Map<String, UnaryOperator<Entry>> TRANSITIONS = Map.of(
            "claimed", entry -> entry.claimed(SECOND, LATER),
            "takenOver", entry -> entry.takenOver(SECOND, LATER),
            "inDoubt", entry -> entry.inDoubt(NO_ANSWER),
            "givenBack", entry -> entry.givenBack(Optional.empty(), LATER),
            "started", entry -> entry.started(backup(ALPHA), LATER),
            "succeeded", entry -> entry.succeeded(backup(ALPHA), LATER),
            "refusedAfterwards", entry -> entry.refusedAfterwards(BUSY, LATER),
            "failed", entry -> entry.failed(BUSY, LATER));

    private static final Map<EntryStatus, Set<String>> ALLOWED = Map.of(
            EntryStatus.PENDING, Set.of("claimed", "failed"),
            EntryStatus.CALLING, Set.of("takenOver", "inDoubt", "givenBack", "started", "failed"),
            EntryStatus.STARTED, Set.of("succeeded", "refusedAfterwards", "failed"),
            EntryStatus.SUCCEEDED, Set.of(),
            EntryStatus.FAILED, Set.of());

    @ParameterizedTest
    @EnumSource
    void only_what_can_follow_is_allowed(EntryStatus status) {
        TRANSITIONS.forEach((name, transition) -> {
            if (ALLOWED.get(status).contains(name)) {
                assertThat(transition.apply(IN_EACH_STATUS.get(status))).isNotNull();
            } else {
                assertThatThrownBy(() -> transition.apply(IN_EACH_STATUS.get(status)))
                        .as(name)
                        .isInstanceOf(IllegalStateException.class);
            }
        });
    }

    @Test
    void an_entry_begins_due_at_once_and_its_claim_counts_and_lasts_as_long_as_its_lease() {
        assertThat(pending(ALPHA).attempts()).isZero();
        assertThat(pending(ALPHA).nextActionAt()).isEqualTo(TWO_O_CLOCK);

        Entry entry = pending(ALPHA).claimed(FIRST, LEASE);

        assertThat(entry.attempts()).isEqualTo(1);
        assertThat(entry.attemptId()).contains(FIRST);
        assertThat(entry.leaseUntil()).contains(LEASE);
        assertThat(entry.nextActionAt()).isEqualTo(LEASE);
    }

    @Test
    void doubt_keeps_the_claim_and_taking_over_is_no_attempt_of_its_own_and_forgets_no_doubt() {
        Entry doubtful = claimed(ALPHA).inDoubt(NO_ANSWER);
        assertThat(doubtful.isAfterDoubt()).isTrue();
        assertThat(doubtful.attemptId()).contains(FIRST);
        assertThat(doubtful.leaseUntil()).contains(LEASE);

        Entry entry = doubtful.takenOver(SECOND, LATER);
        assertThat(entry.attempts()).isEqualTo(1);
        assertThat(entry.attemptId()).contains(SECOND);
        assertThat(entry.leaseUntil()).contains(LATER);
        assertThat(entry.error()).contains(NO_ANSWER);
    }

    @Test
    void an_entry_given_back_without_a_new_error_keeps_its_last() {
        Entry back = claimed(ALPHA).givenBack(Optional.of(BUSY), LATER);

        Entry again = back.claimed(SECOND, LATER).givenBack(Optional.empty(), LATER.plusSeconds(1));

        assertThat(again.error()).contains(BUSY);
        assertThat(again.leaseUntil()).isEmpty();
        assertThat(again.nextActionAt()).isEqualTo(LATER.plusSeconds(1));
        assertThat(again.attempts()).isEqualTo(2);
    }

    @Test
    void what_was_accepted_has_its_backup_and_no_error_until_it_fails_later() {
        Entry entry = claimed(ALPHA).inDoubt(NO_ANSWER).started(backup(ALPHA), LATER);
        assertThat(entry.backup()).contains(backup(ALPHA));
        assertThat(entry.error()).isEmpty();
        assertThat(entry.startedAt()).contains(LATER);
        assertThat(entry.leaseUntil()).isEmpty();

        Entry failed = entry.failed(BUSY, LATER.plusSeconds(1));
        assertThat(failed.error()).contains(BUSY);
        assertThat(failed.finishedAt()).contains(LATER.plusSeconds(1));
        assertThat(failed.backup()).contains(backup(ALPHA));
    }

    @Test
    void what_was_refused_after_it_was_accepted_is_pending_again_under_the_attempt_that_made_it() {
        Entry started = started(ALPHA);

        Entry again = started.refusedAfterwards(BUSY, LATER);

        assertThat(again.status()).isEqualTo(EntryStatus.PENDING);
        assertThat(again.backup()).isEmpty();
        assertThat(again.startedAt()).isEmpty();
        assertThat(again.error()).contains(BUSY);
        assertThat(again.attemptId()).isEqualTo(started.attemptId());
        assertThat(again.attempts()).isEqualTo(started.attempts());
        assertThat(again.nextActionAt()).isEqualTo(LATER);
    }

    @Test
    void only_an_unknown_effect_is_doubt() {
        BackupError settled = BackupError.doubtful(ErrorType.NO_ANSWER, "lost").withoutEffect();

        assertThat(claimed(ALPHA).givenBack(Optional.of(settled), LATER).isAfterDoubt())
                .isFalse();
        assertThat(pending(ALPHA).isAfterDoubt()).isFalse();
    }

    @Test
    void nonsense_cannot_be_built() {
        Entry calling = claimed(ALPHA);
        List<Entry> all = List.copyOf(IN_EACH_STATUS.values());

        for (EntryStatus status : EnumSet.of(EntryStatus.PENDING, EntryStatus.STARTED, EntryStatus.SUCCEEDED)) {
            assertNonsense(new EntryBuilder(calling).status(status));
        }
        all.stream()
                .filter(entry -> entry.status() != EntryStatus.CALLING)
                .forEach(entry -> assertNonsense(new EntryBuilder(entry).leaseUntil(LEASE)));
        assertThatThrownBy(() -> new EntryBuilder(pending(ALPHA))
                        .status(EntryStatus.FAILED)
                        .finishedAt(LATER)
                        .build())
                .hasMessage("a FAILED entry has an error");
        assertThatThrownBy(() -> new EntryBuilder(pending(ALPHA))
                        .error(BUSY)
                        .status(EntryStatus.FAILED)
                        .build())
                .hasMessage("a final entry, and no other, has finishedAt");
    }

    private static void assertNonsense(EntryBuilder built) {
        assertThatThrownBy(built::build).isInstanceOf(IllegalArgumentException.class);
    }
}
