package dev.serverbackup.run;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketRateLimiterTest {
    private static final Instant NEXT_YEAR = TWO_O_CLOCK.plusSeconds(31_536_000);

    private final ManualClock clock = new ManualClock(TWO_O_CLOCK);

    @Test
    void a_burst_is_given_at_once() {
        TokenBucketRateLimiter rateLimiter = new TokenBucketRateLimiter(1, 3, clock);

        assertThat(rateLimiter.take(TWO_O_CLOCK)).isTrue();
        assertThat(rateLimiter.take(TWO_O_CLOCK)).isTrue();
        assertThat(rateLimiter.take(TWO_O_CLOCK)).isTrue();
        assertThat(rateLimiter.take(TWO_O_CLOCK)).isFalse();
    }

    @Test
    void a_turn_that_would_come_too_late_is_refused_without_waiting_for_it() {
        TokenBucketRateLimiter rateLimiter = new TokenBucketRateLimiter(1, 1, clock);
        rateLimiter.take(NEXT_YEAR);
        long start = System.nanoTime();

        assertThat(rateLimiter.take(TWO_O_CLOCK.plusMillis(100))).isFalse();

        assertThat(System.nanoTime() - start).isLessThan(90_000_000);
    }

    @Test
    void a_turn_is_waited_for() {
        TokenBucketRateLimiter rateLimiter = new TokenBucketRateLimiter(20, 1, clock);
        rateLimiter.take(NEXT_YEAR);
        long start = System.nanoTime();

        assertThat(rateLimiter.take(NEXT_YEAR)).isTrue();

        assertThat(System.nanoTime() - start).isGreaterThan(20_000_000);
    }

    @Test
    void after_the_latest_instant_there_is_no_turn() {
        assertThat(new TokenBucketRateLimiter(1, 1, clock).take(TWO_O_CLOCK.minusMillis(1)))
                .isFalse();
    }

    @Test
    void whoever_is_interrupted_gets_no_turn_and_stays_interrupted() {
        TokenBucketRateLimiter rateLimiter = new TokenBucketRateLimiter(1, 1, clock);
        rateLimiter.take(NEXT_YEAR);
        Thread.currentThread().interrupt();

        assertThat(rateLimiter.take(NEXT_YEAR)).isFalse();

        assertThat(Thread.interrupted()).isTrue();
    }
}
