package dev.serverbackup.local.tagging;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.ManualClock;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ThrottledException;

class TaggingLimitIT {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T03:00:00Z"));

    @Test
    void resources_can_be_asked_for_15_times_a_second() {
        try (var aws = LocalAws.started(Fleet.of(), clock);
                var client = Clients.tagging(aws.endpoint())) {
            for (var n = 0; n < Tagging.REQUESTS_PER_SECOND; n++) {
                client.getResources();
            }

            assertThatExceptionOfType(ThrottledException.class).isThrownBy(client::getResources);
            clock.move(Duration.ofSeconds(1));
            client.getResources();
        }
    }

    @Test
    void a_fleet_that_is_not_throttled_is_not_here_either() {
        try (var aws = LocalAws.started(Fleet.of().unthrottled(), clock);
                var client = Clients.tagging(aws.endpoint())) {
            for (var n = 0; n < 30; n++) {
                client.getResources();
            }
        }
    }
}
