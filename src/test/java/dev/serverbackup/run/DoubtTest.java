package dev.serverbackup.run;

import static dev.serverbackup.InMemoryApplication.TIMEOUTS;
import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeBackupService.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows a call whose effect is not known. */
class DoubtTest {
    private static final Duration LEASE = TIMEOUTS.lease();

    private final InMemoryApplication app = InMemoryApplication.over(ALPHA);

    private void deliverInto(Fault... faults) {
        app.service.misbehave(faults);
        app.deliver();
    }

    private void deliverAfterTheLease() {
        app.later(LEASE);
        app.deliver();
    }

    @ParameterizedTest
    @CsvSource({"LOST_REQUEST, 2", "UNAVAILABLE_WITHOUT_EFFECT, 2", "LOST_ANSWER, 1", "UNAVAILABLE_WITH_EFFECT, 1"})
    void once_the_lease_is_over_a_look_adopts_the_backup_or_the_call_is_made_again(Fault fault, int calls) {
        deliverInto(fault);
        assertThat(app.entry(ALPHA).isAfterDoubt()).isTrue();
        Entry doubtful = app.entry(ALPHA);
        app.later(LEASE.minusMillis(1));
        app.deliver();
        assertThat(app.entry(ALPHA)).isEqualTo(doubtful);
        assertThat(app.service.looks()).isZero();
        app.later(Duration.ofMillis(1));

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
        assertThat(app.entry(ALPHA).backup()).contains(app.ours(ALPHA).getFirst());
        assertThat(app.entry(ALPHA).attempts()).isEqualTo(calls);
        assertThat(app.ours(ALPHA)).hasSize(1);
        assertThat(app.service.sent()).hasSize(calls);
    }

    /** A first attempt that the backend accepted and then refused; the entry is to be attempted again. */
    private void refuseTheFirstAttemptAfterwards() {
        app.deliver();
        app.service.servers().refuseAfterwards(ALPHA.name(), "busy");
        Entry started = app.entry(ALPHA);
        app.audit.replace(started, started.refusedAfterwards(BUSY, app.now()));
    }

    @ParameterizedTest
    @CsvSource({"LOST_REQUEST, 3", "LOST_ANSWER, 2"})
    void a_look_adopts_a_second_attempt_in_doubt_but_never_the_first_that_was_refused_afterwards(
            Fault second, int calls) {
        refuseTheFirstAttemptAfterwards();
        deliverInto(second);

        deliverAfterTheLease();

        assertThat(app.service.sent()).hasSize(calls);
        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
        assertThat(app.entry(ALPHA).backup()).contains(app.ours(ALPHA).getLast());
    }

    @Test
    void a_look_adopts_a_backup_that_failed_without_being_refused() {
        deliverInto(Fault.LOST_ANSWER);
        app.service.servers().fail(ALPHA.name(), "no space left");

        deliverAfterTheLease();

        assertThat(app.service.sent()).hasSize(1);
        assertThat(app.entry(ALPHA).backup()).contains(app.ours(ALPHA).getFirst());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_look_that_cannot_tell_whether_an_attempt_was_refused_changes_nothing(boolean forLackOfATurn) {
        refuseTheFirstAttemptAfterwards();
        deliverInto(Fault.LOST_REQUEST);
        app.later(LEASE);
        if (forLackOfATurn) {
            app.turns(1);
        } else {
            app.service.failLookups(1);
        }

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("CALLING NoAnswer, effect unknown");
        assertThat(app.service.sent()).hasSize(2);
    }

    @Test
    void a_look_that_fails_changes_nothing_but_the_lease_which_begins_after_the_wait_for_a_turn() {
        deliverInto(Fault.LOST_ANSWER);
        app.service.failLooks(1);
        app.limitRateBy(_ -> {
            app.later(Duration.ofMinutes(10));
            return true;
        });

        deliverAfterTheLease();

        assertThat(app.standing(ALPHA)).isEqualTo("CALLING NoAnswer, effect unknown");
        assertThat(app.entry(ALPHA).leaseUntil()).contains(app.now().plus(LEASE));
        assertThat(app.service.sent()).hasSize(1);
        deliverAfterTheLease();
        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
        assertThat(app.service.sent()).hasSize(1);
    }

    @Test
    void a_claim_whose_worker_never_came_back_is_taken_over() {
        app.failingAudit.loseAnswersOf(entry -> entry.status() == EntryStatus.CALLING);
        assertThatThrownBy(app::deliver).hasMessage("no answer");
        app.failingAudit.recover();
        assertThat(app.standing(ALPHA)).isEqualTo("CALLING");

        deliverAfterTheLease();

        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
        assertThat(app.service.looks()).isEqualTo(1);
        assertThat(app.service.sent()).hasSize(1);
    }

    @Test
    void a_refusal_after_doubt_is_believed_only_after_another_look() {
        deliverInto(Fault.LOST_REQUEST, Fault.ACCESS_DENIED);

        deliverAfterTheLease();

        assertThat(app.standing(ALPHA)).isEqualTo("FAILED AccessDeniedException");
        assertThat(app.service.looks()).isEqualTo(2);
    }

    @Test
    void a_refusal_after_doubt_that_no_look_confirms_leaves_the_doubt() {
        deliverInto(Fault.LOST_REQUEST, Fault.ACCESS_DENIED);
        app.later(LEASE);
        app.limitRateBy(_ -> {
            app.service.failLooks(app.service.looks());
            return true;
        });
        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("CALLING NoAnswer, effect unknown");
    }

    @Test
    void a_refusal_after_doubt_adopts_what_the_look_finds() {
        app.service.showNewBackupsAfter(LEASE.plusSeconds(3));
        deliverInto(Fault.LOST_ANSWER, Fault.ACCESS_DENIED);
        app.limitRateBy(_ -> {
            app.later(Duration.ofSeconds(1));
            return true;
        });
        deliverAfterTheLease();

        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
        assertThat(app.service.looks()).isEqualTo(2);
        assertThat(app.ours(ALPHA)).hasSize(1);
    }

    @Test
    void a_doubt_that_was_written_while_this_delivery_waited_is_not_forgotten_when_it_takes_over() {
        BackupError unavailable = BackupError.doubtful(ErrorType.SERVICE_UNAVAILABLE, "503");
        app.audit.create(pending(ALPHA));
        app.audit.replace(pending(ALPHA), claimed(ALPHA));
        app.later(LEASE);
        app.service.failLooks(1);
        app.limitRateBy(_ -> {
            app.audit.replace(claimed(ALPHA), claimed(ALPHA).inDoubt(unavailable));
            return true;
        });

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("CALLING ServiceUnavailable, effect unknown");
    }
}
