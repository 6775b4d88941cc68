package dev.serverbackup.run;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
    private static final Duration CALL = ofSeconds(15);
    private static final Duration SETTLE = ofSeconds(45);
    private static final Duration RETRY = ofMinutes(1);
    private static final Duration START = ofMinutes(60);
    private static final Duration COMPLETION = ofHours(24);

    @Test
    void a_lease_that_could_end_before_the_call_is_visible_is_refused() {
        assertThatCode(() -> new Timeouts(CALL, SETTLE, ofSeconds(70), RETRY, START, COMPLETION))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Timeouts(CALL, SETTLE, ofSeconds(69), RETRY, START, COMPLETION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the lease (69 s) must be at least the call time-out, the visibility delay and 10 s together"
                                + " (70 s)");
    }

    @Test
    void all_faults_are_reported_at_once() {
        assertThatThrownBy(() -> new Timeouts(CALL, SETTLE, Duration.ZERO, RETRY, START, ofMinutes(1)))
                .hasMessage("every time must be positive; the lease (0 s) must be at least the call time-out,"
                        + " the visibility delay and 10 s together (70 s); the completion window (60 s) must be at"
                        + " least the start window and a lease together (3600 s)");
    }
}
