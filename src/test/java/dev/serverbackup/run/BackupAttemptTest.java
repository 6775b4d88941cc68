package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeBackupService.Fault;
import dev.serverbackup.request.BackupRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackupAttemptTest {
    private final Scene scene = Scene.of(ALPHA);

    private void assertPendingWith(ErrorType type) {
        Entry entry = scene.entry(ALPHA);
        assertThat(entry.status()).isEqualTo(EntryStatus.PENDING);
        assertThat(entry.error().orElseThrow().type()).isEqualTo(type);
        assertThat(entry.error().orElseThrow().effectUnknown()).isFalse();
    }

    @Test
    void an_accepted_call_is_started_with_all_that_the_service_answered() {
        scene.deliver();

        Entry entry = scene.entry(ALPHA);
        assertThat(entry.status()).isEqualTo(EntryStatus.STARTED);
        assertThat(entry.backup()).contains(scene.ours(ALPHA).getFirst());
        assertThat(entry.startedAt()).contains(TWO_O_CLOCK);
        assertThat(entry.attemptId()).contains(new AttemptId("attempt-1"));
        assertThat(entry.attempts()).isEqualTo(1);
    }

    @Test
    void a_refusal_that_will_not_change_is_final() {
        scene.service.servers().limitManualBackupsTo(0);

        scene.deliver();

        assertThat(scene.entry(ALPHA).status()).isEqualTo(EntryStatus.FAILED);
        assertThat(scene.entry(ALPHA).error().orElseThrow().type()).isEqualTo(ErrorType.LIMIT_EXCEEDED);
        scene.later(Duration.ofMinutes(5));
        scene.deliver();
        assertThat(scene.service.sent()).hasSize(1);
        assertThat(scene.service.looks()).isZero();
    }

    @Test
    void a_throttled_call_is_tried_again_after_its_backoff_and_not_before() {
        scene.service.misbehave(Fault.THROTTLED);
        scene.deliver();
        assertPendingWith(ErrorType.THROTTLING);
        Entry pending = scene.entry(ALPHA);
        assertThat(pending.nextActionAt()).isBetween(TWO_O_CLOCK.plusSeconds(30), TWO_O_CLOCK.plusSeconds(60));

        scene.deliver();
        assertThat(scene.entry(ALPHA)).isEqualTo(pending);

        scene.later(Duration.between(TWO_O_CLOCK, pending.nextActionAt()));
        scene.deliver();
        assertThat(scene.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
        assertThat(scene.entry(ALPHA).attempts()).isEqualTo(2);
        assertThat(scene.service.sent()).hasSize(2);
    }

    @Test
    void a_server_that_is_busy_with_anothers_backup_is_waited_for() {
        scene.service.servers().startOther(ALPHA.name(), Backup.MANUAL, "by hand", TWO_O_CLOCK);
        scene.deliver();
        assertPendingWith(ErrorType.INVALID_STATE);

        scene.service.servers().finish(ALPHA.name());
        scene.later(Duration.ofMinutes(1));
        scene.deliver();

        assertThat(scene.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
        assertThat(scene.ours(ALPHA)).hasSize(1);
    }

    @Test
    void a_server_that_is_busy_with_our_own_backup_has_what_was_asked_for() {
        Backup ours = scene.service
                .servers()
                .startOther(ALPHA.name(), Backup.MANUAL, "before" + BackupRequest.marker(NIGHTLY), TWO_O_CLOCK);

        scene.deliver();

        assertThat(scene.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
        assertThat(scene.entry(ALPHA).backup()).contains(ours);
        assertThat(scene.ours(ALPHA)).hasSize(1);
    }

    @Test
    void a_busy_server_that_cannot_be_looked_at_is_waited_for() {
        scene.service.servers().startOther(ALPHA.name(), "AUTOMATED", "", TWO_O_CLOCK);
        scene.service.failLooks(1);

        scene.deliver();

        assertPendingWith(ErrorType.INVALID_STATE);
    }

    @Test
    void without_a_turn_nothing_is_claimed() {
        scene.limitRateBy(_ -> false);

        scene.deliver();

        assertThat(scene.entry(ALPHA)).isEqualTo(pending(ALPHA));
        assertThat(scene.service.sent()).isEmpty();
    }

    @Test
    void the_lease_begins_after_the_wait_for_a_turn() {
        scene.limitRateBy(_ -> {
            scene.later(Duration.ofMinutes(10));
            return true;
        });

        scene.deliver();

        assertThat(scene.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
    }

    @Test
    void what_may_be_started_is_read_ahead_within_the_rate_limit_of_the_calls() {
        scene.fleetBecomes(ALPHA, BRAVO);
        scene.service.misbehave(Fault.LOST_ANSWER);
        scene.deliver();
        assertThat(scene.service.prepared()).containsExactly(ALPHA.name(), BRAVO.name());
        assertThat(scene.service.takeTurnToPrepare()).isTrue();

        scene.limitRateBy(_ -> false);
        scene.deliver();

        assertThat(scene.service.prepared())
                .as("bravo is started, and alpha in doubt")
                .containsExactly(ALPHA.name(), BRAVO.name(), ALPHA.name());
        assertThat(scene.service.takeTurnToPrepare()).isFalse();
    }

    @Test
    void where_nothing_may_be_started_nothing_is_read_ahead() {
        scene.deliver();
        scene.limitRateBy(_ -> false);

        scene.deliver();

        assertThat(scene.service.takeTurnToPrepare())
                .as("of the first delivery")
                .isTrue();
    }

    @Test
    void a_doubt_that_another_worker_took_over_meanwhile_is_left_to_it() {
        scene.service.misbehave(Fault.LOST_ANSWER);
        scene.deliver();
        scene.later(Scene.TERMS.lease());
        Entry doubtful = scene.entry(ALPHA);
        Entry theirs = doubtful.takenOver(new AttemptId("theirs"), scene.now().plusSeconds(120));
        scene.limitRateBy(_ -> {
            scene.table.replace(doubtful, theirs);
            return true;
        });

        assertThat(scene.deliver().counts()).isEqualTo(Map.of("CALLING", 1));

        assertThat(scene.entry(ALPHA)).isEqualTo(theirs);
        assertThat(scene.service.looks()).isZero();
    }

    @Test
    void an_entry_that_another_worker_claimed_meanwhile_is_left_to_it() {
        Entry theirs = pending(ALPHA).claimed(new AttemptId("theirs"), TWO_O_CLOCK.plusSeconds(120));
        scene.limitRateBy(_ -> {
            scene.table.replace(pending(ALPHA), theirs);
            return true;
        });

        RunReport report = scene.deliver();

        assertThat(report.servers().getFirst().status()).isEqualTo("CALLING");
        assertThat(scene.entry(ALPHA)).isEqualTo(theirs);
        assertThat(scene.service.sent()).isEmpty();
    }
}
