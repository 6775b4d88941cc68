package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.http.AwsErrorType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final ServiceUnderTest service = new ServiceUnderTest(Fleet.of());

    @Test
    void all_operations_share_one_burst_and_one_rate() {
        service.throttle.allow(5, 10);
        // It fills up, and no further.
        service.clock.move(Duration.ofHours(1));
        for (var n = 0; n < 5; n++) {
            service.call("DescribeServers", "{}");
            service.call("DescribeBackups", "{}");
        }

        assertThat(service.refused(AwsErrorType.THROTTLING, "DescribeBackups", "{}"))
                .isEqualTo("Rate exceeded");
        service.clock.move(Duration.ofMillis(200));
        service.call("DescribeBackups", "{}");
        service.refused(AwsErrorType.THROTTLING, "DescribeServers", "{}");
    }

    @Test
    void it_can_be_switched_off() {
        service.throttle.allow(1, 1);
        service.throttle.off();

        for (var n = 0; n < 100; n++) {
            service.call("DescribeServers", "{}");
        }
    }

    @Test
    void an_unknown_operation_is_no_request_to_throttle() {
        service.throttle.allow(1, 1);

        assertThat(service.refused(AwsErrorType.UNKNOWN_OPERATION, "DescribeStacks", "{}"))
                .isEqualTo("Unknown operation: 'OpsWorksCM_V2016_11_01.DescribeStacks'.");
        service.call("DescribeServers", "{}");
    }
}
