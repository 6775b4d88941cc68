package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeBackupService.Fault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows a call whose effect is not known. */
class DoubtTest {
    private static final Duration LEASE = Scene.TERMS.lease();

    private final Scene scene = Scene.of(ALPHA);

    private void deliverInto(Fault... faults) {
        scene.service.misbehave(faults);
        scene.deliver();
    }

    private void deliverAfterTheLease() {
        scene.later(LEASE);
        scene.deliver();
    }

    private EntryStatus status() {
        return scene.entry(ALPHA).status();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_REQUEST", "LOST_ANSWER", "UNAVAILABLE_WITHOUT_EFFECT", "UNAVAILABLE_WITH_EFFECT"})
    void the_claim_stays_until_its_lease_is_over(Fault fault) {
        deliverInto(fault);

        assertThat(status()).isEqualTo(EntryStatus.CALLING);
        assertThat(scene.entry(ALPHA).isAfterDoubt()).isTrue();
        scene.later(LEASE.minusMillis(1));
        Entry before = scene.entry(ALPHA);
        scene.deliver();
        assertThat(scene.entry(ALPHA)).isEqualTo(before);
        assertThat(scene.service.looks()).isZero();
        assertThat(scene.service.sent()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_ANSWER", "UNAVAILABLE_WITH_EFFECT"})
    void a_backup_that_a_look_finds_is_adopted(Fault fault) {
        deliverInto(fault);

        deliverAfterTheLease();

        assertThat(status()).isEqualTo(EntryStatus.STARTED);
        assertThat(scene.entry(ALPHA).backup()).contains(scene.ours(ALPHA).getFirst());
        assertThat(scene.entry(ALPHA).error()).isEmpty();
        assertThat(scene.service.sent()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_REQUEST", "UNAVAILABLE_WITHOUT_EFFECT"})
    void where_a_look_finds_none_the_call_is_made_again(Fault fault) {
        deliverInto(fault);

        deliverAfterTheLease();

        assertThat(status()).isEqualTo(EntryStatus.STARTED);
        assertThat(scene.entry(ALPHA).attempts()).isEqualTo(2);
        assertThat(scene.ours(ALPHA)).hasSize(1);
    }

    /** A first attempt that the backend accepted and then refused; the entry is to be attempted again. */
    private void refuseTheFirstAttemptAfterwards() {
        scene.deliver();
        scene.service.servers().refuseAfterwards(ALPHA.name(), "busy");
        Entry started = scene.entry(ALPHA);
        scene.table.replace(started, started.refusedAfterwards(BUSY, scene.now()));
    }

    @Test
    void a_look_does_not_adopt_what_was_refused_afterwards() {
        refuseTheFirstAttemptAfterwards();
        deliverInto(Fault.LOST_REQUEST);

        deliverAfterTheLease();

        assertThat(scene.service.sent()).hasSize(3);
        assertThat(scene.entry(ALPHA).backup()).contains(scene.ours(ALPHA).getLast());
    }

    @Test
    void a_look_adopts_a_second_attempt_in_doubt_although_the_first_was_refused_afterwards() {
        refuseTheFirstAttemptAfterwards();
        deliverInto(Fault.LOST_ANSWER);

        deliverAfterTheLease();

        assertThat(scene.service.sent()).hasSize(2);
        assertThat(scene.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
        assertThat(scene.entry(ALPHA).backup()).contains(scene.ours(ALPHA).getLast());
    }

    @Test
    void a_look_adopts_a_backup_that_failed_without_being_refused() {
        deliverInto(Fault.LOST_ANSWER);
        scene.service.servers().fail(ALPHA.name(), "no space left");

        deliverAfterTheLease();

        assertThat(scene.service.sent()).hasSize(1);
        assertThat(scene.entry(ALPHA).backup()).contains(scene.ours(ALPHA).getFirst());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_look_that_cannot_tell_whether_an_attempt_was_refused_changes_nothing(boolean forLackOfATurn) {
        refuseTheFirstAttemptAfterwards();
        deliverInto(Fault.LOST_REQUEST);
        scene.later(LEASE);
        if (forLackOfATurn) {
            AtomicInteger turns = new AtomicInteger();
            scene.limitRateBy(_ -> turns.incrementAndGet() <= 1);
        } else {
            scene.service.failLookups(1);
        }

        scene.deliver();

        assertThat(status()).isEqualTo(EntryStatus.CALLING);
        assertThat(scene.service.sent()).hasSize(2);
    }

    @Test
    void a_look_that_fails_changes_nothing_but_the_lease_which_begins_after_the_wait_for_a_turn() {
        deliverInto(Fault.LOST_ANSWER);
        scene.service.failLooks(1);
        scene.limitRateBy(_ -> {
            scene.later(Duration.ofMinutes(10));
            return true;
        });

        deliverAfterTheLease();

        Entry entry = scene.entry(ALPHA);
        assertThat(entry.status()).isEqualTo(EntryStatus.CALLING);
        assertThat(entry.error().orElseThrow().type()).isEqualTo(ErrorType.NO_ANSWER);
        assertThat(entry.leaseUntil()).contains(scene.now().plus(LEASE));
        assertThat(scene.service.sent()).hasSize(1);
        deliverAfterTheLease();
        assertThat(status()).isEqualTo(EntryStatus.STARTED);
        assertThat(scene.service.sent()).hasSize(1);
    }

    @Test
    void a_claim_whose_worker_never_came_back_is_taken_over() {
        scene.audit.loseAnswersOf(entry -> entry.status() == EntryStatus.CALLING);
        assertThatThrownBy(scene::deliver).hasMessage("no answer");
        scene.audit.recover();
        assertThat(status()).isEqualTo(EntryStatus.CALLING);

        deliverAfterTheLease();

        assertThat(status()).isEqualTo(EntryStatus.STARTED);
        assertThat(scene.service.looks()).isEqualTo(1);
        assertThat(scene.service.sent()).hasSize(1);
    }

    @Test
    void a_refusal_after_doubt_is_believed_only_after_another_look() {
        deliverInto(Fault.LOST_REQUEST, Fault.ACCESS_DENIED);

        deliverAfterTheLease();

        assertThat(status()).isEqualTo(EntryStatus.FAILED);
        assertThat(scene.entry(ALPHA).error().orElseThrow().type()).isEqualTo(ErrorType.ACCESS_DENIED);
        assertThat(scene.service.looks()).isEqualTo(2);
    }

    @Test
    void a_refusal_after_doubt_that_no_look_confirms_leaves_the_doubt() {
        deliverInto(Fault.LOST_REQUEST, Fault.ACCESS_DENIED);
        scene.later(LEASE);
        scene.limitRateBy(_ -> {
            scene.service.failLooks(scene.service.looks());
            return true;
        });
        scene.deliver();

        assertThat(status()).isEqualTo(EntryStatus.CALLING);
        assertThat(scene.entry(ALPHA).isAfterDoubt()).isTrue();
    }

    @Test
    void a_refusal_after_doubt_adopts_what_the_look_finds() {
        scene.service.showNewBackupsAfter(LEASE.plusSeconds(3));
        deliverInto(Fault.LOST_ANSWER, Fault.ACCESS_DENIED);
        scene.limitRateBy(_ -> {
            scene.later(Duration.ofSeconds(1));
            return true;
        });
        deliverAfterTheLease();

        assertThat(status()).isEqualTo(EntryStatus.STARTED);
        assertThat(scene.service.looks()).isEqualTo(2);
        assertThat(scene.ours(ALPHA)).hasSize(1);
    }

    @Test
    void a_backup_that_is_shown_late_is_shown_before_the_lease_is_over() {
        scene.service.showNewBackupsAfter(Scene.TERMS.callTimeout().plus(Scene.TERMS.visibilityDelay()));
        deliverInto(Fault.LOST_ANSWER);

        deliverAfterTheLease();

        assertThat(scene.ours(ALPHA)).hasSize(1);
    }

    @Test
    void a_doubt_that_was_written_while_this_delivery_waited_is_not_forgotten_when_it_takes_over() {
        BackupError unavailable = BackupError.doubtful(ErrorType.SERVICE_UNAVAILABLE, "503");
        scene.table.create(pending(ALPHA));
        scene.table.replace(pending(ALPHA), claimed(ALPHA));
        scene.later(LEASE);
        scene.service.failLooks(1);
        scene.limitRateBy(_ -> {
            scene.table.replace(claimed(ALPHA), claimed(ALPHA).inDoubt(unavailable));
            return true;
        });

        scene.deliver();

        assertThat(status()).isEqualTo(EntryStatus.CALLING);
        assertThat(scene.entry(ALPHA).error()).contains(unavailable);
    }
}
