package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** What a backup and an idle pass cost in requests is what docs/cost.md reckons with. */
class CostIT {
    private static final int SERVERS = 40;
    /** Of a server that is not small: the longer it takes, the more often the follow-up looks. */
    private static final Duration BACKUP = Duration.ofMinutes(20);

    private static final int PASSES = 6;

    @Test
    void a_backup_makes_the_requests_that_the_documentation_reckons_with() {
        Map<String, Double> counts = new TreeMap<>();
        try (var app = application(SERVERS);
                var printed = new PrintedLines()) {
            counts.putAll(Meter.during(() -> {
                app.run("nightly");
                app.passesLater(PASSES);
            }));
            counts.put("bytes of log", (double) bytes(printed));
            counts.put("bytes of row", bytesOfRows(app.cloud));
        }

        assertReckoned("a backup", counts, SERVERS);
    }

    @Test
    void an_idle_pass_makes_the_requests_that_the_documentation_reckons_with() {
        Map<String, Double> counts = new TreeMap<>();
        try (var app = application(1);
                var printed = new PrintedLines()) {
            // The very first writes its checkpoints.
            app.passesLater(1);
            int before = bytes(printed);
            counts.putAll(Meter.during(() -> app.passesLater(1)));
            counts.put("bytes of log", (double) bytes(printed) - before);
        }

        assertReckoned("an idle pass", counts, 1);
    }

    private static LocalApplication application(int servers) {
        FleetServer[] fleet = IntStream.range(0, servers)
                .mapToObj(i -> LocalApplication.tagged("server-" + i))
                .toArray(FleetServer[]::new);
        return LocalApplication.over(
                Map.of("SCHEDULE_EXPRESSION", "cron(0 2 * * ? *)"),
                Fleet.of(fleet)
                        .unthrottled()
                        .limited(new Limits(servers, 10 * servers))
                        .taking(Durations.DEFAULT.withBackup(BACKUP)));
    }

    /** As DynamoDB reckons them: a unit is 4 KB, read consistently. */
    private static double bytesOfRows(LocalCloud cloud) {
        return 4096
                * cloud.dynamoDb()
                        .client()
                        .scan(scan -> scan.tableName(LocalCloud.AUDIT_TABLE)
                                .consistentRead(true)
                                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                        .consumedCapacity()
                        .capacityUnits();
    }

    private static int bytes(PrintedLines printed) {
        return printed.lines().stream()
                .mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length + 1)
                .sum();
    }

    /** The table of docs/cost.md for this says the same of each share. */
    private static void assertReckoned(String of, Map<String, Double> counts, int shares) {
        Map<String, Double> reckoned = new TreeMap<>();
        DocumentPage.read("docs/cost.md")
                .table("| for " + of + " |")
                .forEach((what, cells) ->
                        reckoned.put(what, Double.valueOf(cells.get(1).replace(",", ""))));

        assertThat(counts.keySet()).as("measured: %s", counts).isEqualTo(reckoned.keySet());
        counts.forEach((what, count) -> assertThat(count / shares)
                .as("%s for %s", what, of)
                .isCloseTo(reckoned.get(what), within(0.05 + 0.05 * reckoned.get(what))));
    }
}
