package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.ManualClock;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.tagging.Tagging;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ThrottledException;

/** The time of the services, and that of their callers. */
class LocalAwsIT {
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    private final ManualClock machine = new ManualClock(Instant.parse("2026-11-22T02:00:00Z"));

    @Test
    void at_speed_60_a_minute_of_ours_is_an_hour_of_the_service() {
        ScaledClock clock = new ScaledClock(machine, START, BigDecimal.valueOf(60));

        machine.move(Duration.ofMinutes(1));

        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(1)));
    }

    @Test
    void resources_can_be_asked_for_15_times_a_second() {
        try (var aws = LocalAws.started(Fleet.of(), machine);
                var tagging = Clients.tagging(aws.endpoint())) {
            for (int n = 0; n < Tagging.REQUESTS_PER_SECOND; n++) {
                tagging.getResources();
            }

            assertThatExceptionOfType(ThrottledException.class).isThrownBy(tagging::getResources);
            machine.move(Duration.ofSeconds(1));
            tagging.getResources();
        }
    }
}
