package dev.serverbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({"0, 60", "1, 60", "2, 120", "3, 240", "4, 480", "5, 960", "6, 960", "2000000000, 960"})
    void it_doubles_up_to_sixteen_times_and_stays_between_half_and_whole(int attempts, long wholeSeconds) {
        Backoff backoff = new Backoff(Duration.ofSeconds(60), new Random(4711));
        Duration whole = Duration.ofSeconds(wholeSeconds);

        for (int i = 0; i < 1_000; i++) {
            assertThat(backoff.after(attempts)).isBetween(whole.dividedBy(2), whole);
        }
    }
}
