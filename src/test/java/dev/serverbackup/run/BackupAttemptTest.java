package dev.serverbackup.run;

import static dev.serverbackup.InMemoryApplication.TIMEOUTS;
import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.FakeBackupService.Fault;
import dev.serverbackup.request.BackupRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupAttemptTest {
    private final InMemoryApplication app = InMemoryApplication.over(ALPHA);

    @Test
    void an_accepted_call_is_started_with_all_that_the_service_answered() {
        app.deliver();

        Entry entry = app.entry(ALPHA);
        assertThat(entry.status()).isEqualTo(EntryStatus.STARTED);
        assertThat(entry.backup()).contains(app.ours(ALPHA).getFirst());
        assertThat(entry.startedAt()).contains(TWO_O_CLOCK);
        assertThat(entry.attemptId()).contains(new AttemptId("attempt-1"));
        assertThat(entry.attempts()).isEqualTo(1);
    }

    @Test
    void a_refusal_that_will_not_change_is_final() {
        app.service.servers().limitManualBackupsTo(0);

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("FAILED LimitExceededException");
        app.later(Duration.ofMinutes(5));
        app.deliver();
        assertThat(app.service.sent()).hasSize(1);
        assertThat(app.service.looks()).isZero();
    }

    @Test
    void a_throttled_call_is_tried_again_after_its_backoff_and_not_before() {
        app.service.misbehave(Fault.THROTTLED);
        app.deliver();
        assertThat(app.standing(ALPHA)).isEqualTo("PENDING ThrottlingException");
        Entry pending = app.entry(ALPHA);
        assertThat(pending.nextActionAt()).isBetween(TWO_O_CLOCK.plusSeconds(30), TWO_O_CLOCK.plusSeconds(60));

        app.deliver();
        assertThat(app.entry(ALPHA)).isEqualTo(pending);

        app.later(Duration.between(TWO_O_CLOCK, pending.nextActionAt()));
        app.deliver();
        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
        assertThat(app.entry(ALPHA).attempts()).isEqualTo(2);
        assertThat(app.service.sent()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_server_that_is_busy_with_anothers_backup_is_waited_for_whether_it_can_be_looked_at_or_not(int failingLooks) {
        app.service.servers().startOther(ALPHA.name(), Backup.MANUAL, "by hand", TWO_O_CLOCK);
        app.service.failLooks(failingLooks);
        app.deliver();
        assertThat(app.standing(ALPHA)).isEqualTo("PENDING InvalidStateException");

        app.service.servers().finish(ALPHA.name());
        app.later(Duration.ofMinutes(1));
        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
        assertThat(app.ours(ALPHA)).hasSize(1);
    }

    @Test
    void a_server_that_is_busy_with_our_own_backup_has_what_was_asked_for() {
        Backup ours = app.service
                .servers()
                .startOther(ALPHA.name(), Backup.MANUAL, "before" + BackupRequest.marker(NIGHTLY), TWO_O_CLOCK);

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
        assertThat(app.entry(ALPHA).backup()).contains(ours);
        assertThat(app.ours(ALPHA)).hasSize(1);
    }

    @Test
    void without_a_turn_nothing_is_claimed() {
        app.limitRateBy(_ -> false);

        app.deliver();

        assertThat(app.entry(ALPHA)).isEqualTo(pending(ALPHA));
        assertThat(app.service.sent()).isEmpty();
    }

    @Test
    void the_lease_begins_after_the_wait_for_a_turn() {
        app.limitRateBy(_ -> {
            app.later(Duration.ofMinutes(10));
            return true;
        });

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
    }

    @Test
    void only_what_may_be_started_is_read_ahead_within_the_rate_limit_of_the_calls() {
        app.fleetBecomes();
        app.limitRateBy(_ -> false);
        app.deliver(request(HOURLY));
        assertThat(app.service.takeTurnToPrepare()).as("nothing was read").isTrue();

        app.limitRateBy(_ -> true);
        app.fleetBecomes(ALPHA, BRAVO);
        app.service.misbehave(Fault.LOST_ANSWER);
        app.deliver();
        assertThat(app.service.prepared()).containsExactly(ALPHA.name(), BRAVO.name());
        assertThat(app.service.takeTurnToPrepare()).isTrue();

        app.limitRateBy(_ -> false);
        app.deliver();

        assertThat(app.service.prepared())
                .as("bravo is started, and alpha in doubt")
                .containsExactly(ALPHA.name(), BRAVO.name(), ALPHA.name());
        assertThat(app.service.takeTurnToPrepare()).isFalse();
    }

    @Test
    void a_doubt_that_another_worker_took_over_meanwhile_is_left_to_it() {
        app.service.misbehave(Fault.LOST_ANSWER);
        app.deliver();
        app.later(TIMEOUTS.lease());
        Entry doubtful = app.entry(ALPHA);
        Entry theirs = doubtful.takenOver(new AttemptId("theirs"), app.now().plusSeconds(120));
        app.limitRateBy(_ -> {
            app.audit.replace(doubtful, theirs);
            return true;
        });

        assertThat(app.deliver().counts()).isEqualTo(Map.of("CALLING", 1));

        assertThat(app.entry(ALPHA)).isEqualTo(theirs);
        assertThat(app.service.looks()).isZero();
    }

    @Test
    void an_entry_that_another_worker_claimed_meanwhile_is_left_to_it() {
        Entry theirs = pending(ALPHA).claimed(new AttemptId("theirs"), TWO_O_CLOCK.plusSeconds(120));
        app.limitRateBy(_ -> {
            app.audit.replace(pending(ALPHA), theirs);
            return true;
        });

        assertThat(app.deliver().counts()).isEqualTo(Map.of("CALLING", 1));

        assertThat(app.entry(ALPHA)).isEqualTo(theirs);
        assertThat(app.service.sent()).isEmpty();
    }
}
