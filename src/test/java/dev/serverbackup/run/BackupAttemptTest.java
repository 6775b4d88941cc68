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
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration START = TIMEOUTS.startWindow();
    private static final Duration COMPLETION = TIMEOUTS.completionWindow();

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

    @Test
    void an_entry_never_attempted_within_the_start_window_fails_with_its_name() {
        app.limitRateBy(_ -> false);
        app.deliver();
        app.later(START.plus(MILLI));

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("FAILED StartWindowExceeded");
        assertThat(app.service.sent()).isEmpty();
    }

    @Test
    void the_last_back_off_ends_with_the_start_window_and_then_the_entry_fails_with_its_last_error() {
        app.service.servers().startOther(ALPHA.name(), Backup.MANUAL, "by hand", TWO_O_CLOCK);
        app.deliver();
        app.later(START.minus(MILLI));
        app.deliver();
        assertThat(app.standing(ALPHA)).isEqualTo("PENDING InvalidStateException");
        assertThat(app.entry(ALPHA).nextActionAt())
                .isEqualTo(app.entry(ALPHA).requestedAt().plus(START));
        app.later(MILLI.multipliedBy(2));

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("FAILED InvalidStateException");
        assertThat(app.entry(ALPHA).error().orElseThrow().message())
                .endsWith("; not tried again: the start window closed");
        assertThat(app.service.sent()).hasSize(2);
    }

    @Test
    void no_call_begins_after_the_start_window_even_if_the_turn_came_late() {
        app.limitRateBy(_ -> {
            app.later(START);
            return true;
        });

        app.deliver(Duration.ofHours(2));

        assertThat(app.service.sent()).isEmpty();
        assertThat(app.standing(ALPHA)).isEqualTo("PENDING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H0.001S", "PT24H0.001S"})
    void a_doubt_is_looked_into_and_adopted_even_after_each_window(Duration closed) {
        app.service.misbehave(Fault.LOST_ANSWER);
        app.deliver();
        app.later(closed);

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("STARTED");
    }

    @Test
    void a_doubt_that_the_last_look_dispels_fails_with_a_known_effect() {
        app.service.misbehave(Fault.LOST_REQUEST);
        app.deliver();
        app.later(START.plus(MILLI));

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("FAILED NoAnswer");
        assertThat(app.service.sent()).hasSize(1);
    }

    @Test
    void a_doubt_that_no_look_could_dispel_is_kept_until_the_completion_window_closes() {
        app.service.misbehave(Fault.LOST_ANSWER);
        app.service.failLooks(2);
        app.deliver();
        app.later(COMPLETION);
        app.deliver();
        assertThat(app.standing(ALPHA)).isEqualTo("CALLING NoAnswer, effect unknown");

        app.later(TIMEOUTS.lease());
        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("FAILED NoAnswer, effect unknown");
        assertThat(app.entry(ALPHA).error().orElseThrow().message())
                .isEqualTo("no lookup of the backup succeeded within the completion window; the last error: rate"
                        + " exceeded");
    }

    @Test
    void a_delivery_that_had_no_turn_to_look_concludes_nothing() {
        app.service.misbehave(Fault.LOST_ANSWER);
        app.deliver();
        Entry inDoubt = app.entry(ALPHA);
        app.later(COMPLETION.plus(MILLI));
        app.limitRateBy(_ -> false);

        app.deliver();

        assertThat(app.entry(ALPHA)).isEqualTo(inDoubt);
    }

    @Test
    void no_call_begins_that_could_outlast_the_function() {
        Duration least = TIMEOUTS.callTimeout().plus(Deadline.ROOM_TO_RECORD);

        app.deliver(least);

        assertThat(app.service.sent()).isEmpty();
        assertThat(app.standing(ALPHA)).isEqualTo("PENDING");
        app.deliver(least.plus(MILLI));
        assertThat(app.service.sent()).hasSize(1);
    }

    @Test
    void a_worker_that_stood_still_after_its_claim_does_not_send_when_it_goes_on() {
        Duration tooLong = TIMEOUTS.lease().minus(TIMEOUTS.callTimeout()).minus(TIMEOUTS.visibilityDelay());
        app.beforeCall(() -> app.later(tooLong));

        app.deliver();

        assertThat(app.service.sent()).isEmpty();
        assertThat(app.standing(ALPHA)).isEqualTo("PENDING");
        app.beforeCall(() -> {});
        app.deliver();
        assertThat(app.ours(ALPHA)).hasSize(1);
    }
}
