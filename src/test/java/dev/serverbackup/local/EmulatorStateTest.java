package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serverbackup.ManualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorStateTest {
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    private final ManualClock machine = new ManualClock(Instant.parse("2026-11-22T02:00:00Z"));

    @Test
    void at_speed_60_a_minute_of_ours_is_an_hour_of_the_service() {
        ScaledClock clock = new ScaledClock(machine, START, BigDecimal.valueOf(60));

        machine.move(Duration.ofMinutes(1));

        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void a_clock_never_stands_still_nor_goes_back(String speed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScaledClock(machine, START, new BigDecimal(speed)))
                .withMessage("a clock's speed is above 0, not " + speed);
    }

    @Test
    void at_speed_1_in_memory_the_machines_time_is_the_services() {
        EmulatorState life = EmulatorState.at(BigDecimal.ONE, Optional.empty());

        assertThat(life.time()).isSameAs(life.callers());
    }
}
