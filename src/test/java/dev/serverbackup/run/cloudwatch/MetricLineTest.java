package dev.serverbackup.run.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serverbackup.run.cloudwatch.MetricLine.Reading;
import dev.serverbackup.run.cloudwatch.MetricLine.Unit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The embedded metric format of CloudWatch's user guide, word for word. */
class MetricLineTest {
    private static final Instant TWO_O_CLOCK = Instant.parse("2026-11-22T02:00:00Z");
    private static final Map<String, String> SERVICE = Map.of("service", "server-backup");

    @Test
    void a_line_defines_its_metrics_and_holds_their_values() {
        Map<String, Reading> readings = new LinkedHashMap<>();
        readings.put("Started", new Reading(3, Unit.COUNT));
        readings.put("OldestOpenEntryAge", new Reading(90, Unit.SECONDS));

        assertThat(new MetricLine(TWO_O_CLOCK, SERVICE, readings).json())
                .isEqualTo(
                        "{\"_aws\":{\"Timestamp\":1795312800000,\"CloudWatchMetrics\":[{\"Namespace\":\"ServerBackup\","
                            + "\"Dimensions\":[[\"service\"]],\"Metrics\":[{\"Name\":\"Started\",\"Unit\":\"Count\"},"
                            + "{\"Name\":\"OldestOpenEntryAge\",\"Unit\":\"Seconds\"}]}]},"
                            + "\"service\":\"server-backup\",\"Started\":3.0,\"OldestOpenEntryAge\":90.0}");
    }

    @Test
    void dimensions_stand_together_in_one_set() {
        Map<String, String> dimensions = new LinkedHashMap<>(SERVICE);
        dimensions.put("errorType", "ValidationException");

        assertThat(new MetricLine(TWO_O_CLOCK, dimensions, readings(1)).json())
                .contains("\"Dimensions\":[[\"service\",\"errorType\"]]", "\"errorType\":\"ValidationException\"");
    }

    @Test
    void a_line_has_1_to_100_metrics() {
        assertThat(new MetricLine(TWO_O_CLOCK, SERVICE, readings(100)).json()).doesNotContain("\n");
        assertThatIllegalArgumentException().isThrownBy(() -> new MetricLine(TWO_O_CLOCK, SERVICE, readings(101)));
        assertThatIllegalArgumentException().isThrownBy(() -> new MetricLine(TWO_O_CLOCK, SERVICE, readings(0)));
    }

    private static Map<String, Reading> readings(int many) {
        return IntStream.range(0, many)
                .boxed()
                .collect(Collectors.toMap(each -> "metric" + each, _ -> new Reading(1, Unit.COUNT)));
    }
}
