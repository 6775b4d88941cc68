package dev.serverbackup.run;

import static dev.serverbackup.InMemoryApplication.TIMEOUTS;
import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.FakeBackupService.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Start window, completion window, and the end of the invocation. */
class RunWindowsTest {
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration START = TIMEOUTS.startWindow();
    private static final Duration COMPLETION = TIMEOUTS.completionWindow();

    private final InMemoryApplication app = InMemoryApplication.over(ALPHA);

    private Entry entry() {
        return app.entry(ALPHA);
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
        assertThat(entry().nextActionAt()).isEqualTo(entry().requestedAt().plus(START));
        app.later(MILLI.multipliedBy(2));

        app.deliver();

        assertThat(app.standing(ALPHA)).isEqualTo("FAILED InvalidStateException");
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
        assertThat(entry().error().orElseThrow().message())
                .isEqualTo("no lookup of the backup succeeded within the completion window; the last error: rate"
                        + " exceeded");
    }

    @Test
    void a_delivery_that_had_no_turn_to_look_concludes_nothing() {
        app.service.misbehave(Fault.LOST_ANSWER);
        app.deliver();
        Entry inDoubt = entry();
        app.later(COMPLETION.plus(MILLI));
        app.limitRateBy(_ -> false);

        app.deliver();

        assertThat(entry()).isEqualTo(inDoubt);
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
