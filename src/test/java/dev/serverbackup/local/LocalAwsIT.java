package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.ManualClock;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.tagging.Tagging;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ThrottledException;

class LocalAwsIT {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T02:00:00Z"));

    @Test
    void resources_can_be_asked_for_15_times_a_second() {
        try (var aws = LocalAws.started(Fleet.of(), clock);
                var tagging = Clients.tagging(aws.endpoint())) {
            for (int n = 0; n < Tagging.REQUESTS_PER_SECOND; n++) {
                tagging.getResources();
            }

            assertThatExceptionOfType(ThrottledException.class).isThrownBy(tagging::getResources);
            clock.move(Duration.ofSeconds(1));
            tagging.getResources();
        }
    }
}
