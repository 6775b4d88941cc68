package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeBackupService.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Start window, completion window, and the end of the invocation. */
class RunWindowsTest {
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration START = Scene.TERMS.startWindow();
    private static final Duration COMPLETION = Scene.TERMS.completionWindow();

    private final Scene scene = Scene.of(ALPHA);

    private Entry entry() {
        return scene.entry(ALPHA);
    }

    private BackupError error() {
        return entry().error().orElseThrow();
    }

    @Test
    void an_entry_never_attempted_within_the_start_window_fails_with_its_name() {
        scene.limitRateBy(_ -> false);
        scene.deliver();
        scene.later(START.plus(MILLI));

        scene.deliver();

        assertThat(entry().status()).isEqualTo(EntryStatus.FAILED);
        assertThat(error().type()).isEqualTo(ErrorType.START_WINDOW_EXCEEDED);
        assertThat(scene.service.sent()).isEmpty();
    }

    @Test
    void an_entry_refused_until_the_start_window_closed_fails_with_its_last_error() {
        scene.service.servers().startOther(ALPHA.name(), Backup.MANUAL, "by hand", TWO_O_CLOCK);
        scene.deliver();
        scene.later(START.plus(MILLI));

        scene.deliver();

        assertThat(entry().status()).isEqualTo(EntryStatus.FAILED);
        assertThat(error().type()).isEqualTo(ErrorType.INVALID_STATE);
        assertThat(scene.service.sent()).hasSize(1);
    }

    @Test
    void the_last_back_off_ends_with_the_start_window() {
        scene.service.servers().startOther(ALPHA.name(), Backup.MANUAL, "by hand", TWO_O_CLOCK);
        scene.deliver();
        scene.later(START.minus(MILLI));

        scene.deliver();

        assertThat(entry().status()).isEqualTo(EntryStatus.PENDING);
        assertThat(entry().attempts()).isEqualTo(2);
        assertThat(entry().nextActionAt()).isEqualTo(entry().requestedAt().plus(START));
    }

    @Test
    void no_call_begins_after_the_start_window_even_if_the_turn_came_late() {
        scene.limitRateBy(_ -> {
            scene.later(START);
            return true;
        });

        scene.deliver(request(NIGHTLY), Duration.ofHours(2));

        assertThat(scene.service.sent()).isEmpty();
        assertThat(entry().status()).isEqualTo(EntryStatus.PENDING);
    }

    @Test
    void a_doubt_is_looked_into_and_adopted_even_after_both_windows() {
        for (Duration window : List.of(START, COMPLETION)) {
            Scene late = Scene.of(ALPHA);
            late.service.misbehave(Fault.LOST_ANSWER);
            late.deliver();
            late.later(window.plus(MILLI));

            late.deliver();

            assertThat(late.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
        }
    }

    @Test
    void a_doubt_that_the_last_look_dispels_fails_with_a_known_effect() {
        scene.service.misbehave(Fault.LOST_REQUEST);
        scene.deliver();
        scene.later(START.plus(MILLI));

        scene.deliver();

        assertThat(entry().status()).isEqualTo(EntryStatus.FAILED);
        assertThat(error().type()).isEqualTo(ErrorType.NO_ANSWER);
        assertThat(error().effectUnknown()).isFalse();
        assertThat(scene.service.sent()).hasSize(1);
    }

    @Test
    void a_doubt_that_no_look_could_dispel_is_kept_until_the_completion_window_closes() {
        scene.service.misbehave(Fault.LOST_ANSWER);
        scene.service.failLooks(2);
        scene.deliver();
        scene.later(COMPLETION);
        scene.deliver();
        assertThat(entry().status()).isEqualTo(EntryStatus.CALLING);

        scene.later(Scene.TERMS.lease());
        scene.deliver();

        assertThat(entry().status()).isEqualTo(EntryStatus.FAILED);
        assertThat(error().type()).isEqualTo(ErrorType.NO_ANSWER);
        assertThat(error().effectUnknown()).isTrue();
        assertThat(error().message())
                .isEqualTo("no look succeeded within the completion window; the last one: rate exceeded");
    }

    @Test
    void a_delivery_that_had_no_turn_to_look_concludes_nothing() {
        scene.service.misbehave(Fault.LOST_ANSWER);
        scene.deliver();
        Entry inDoubt = entry();
        scene.later(COMPLETION.plus(MILLI));
        scene.limitRateBy(_ -> false);

        scene.deliver();

        assertThat(entry()).isEqualTo(inDoubt);
    }

    @Test
    void no_call_begins_that_could_outlast_the_function() {
        Duration least = Scene.TERMS.callTimeout().plus(Deadline.ROOM_TO_RECORD);

        scene.deliver(request(NIGHTLY), least);

        assertThat(scene.service.sent()).isEmpty();
        assertThat(entry().status()).isEqualTo(EntryStatus.PENDING);
        scene.deliver(request(NIGHTLY), least.plus(MILLI));
        assertThat(scene.service.sent()).hasSize(1);
    }

    @Test
    void a_worker_that_was_frozen_after_its_claim_does_not_send_when_it_thaws() {
        scene.freezeAfterClaim(
                Scene.TERMS.lease().minus(Scene.TERMS.callTimeout()).minus(Scene.TERMS.visibilityDelay()));

        scene.deliver();

        assertThat(scene.service.sent()).isEmpty();
        assertThat(entry().status()).isEqualTo(EntryStatus.PENDING);
        assertThat(entry().error()).isEmpty();
        scene.deliver();
        assertThat(scene.ours(ALPHA)).hasSize(1);
    }
}
