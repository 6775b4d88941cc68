package dev.serverbackup.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.cli.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class GrowthTest {
    private static Item entry(String status, String finishedAt, Map<String, AttributeValue> backup) {
        return new Item(new TreeMap<>(Map.of(
                "status", AttributeValue.fromS(status),
                "startedAt", AttributeValue.fromS("2026-03-01T02:00:00.000Z"),
                "finishedAt", AttributeValue.fromS(finishedAt),
                "backup", AttributeValue.fromM(backup))));
    }

    private static Item good(long size, String finishedAt) {
        return entry("SUCCEEDED", finishedAt, Map.of("Size", AttributeValue.fromN(Long.toString(size))));
    }

    private static Table table(Item... newestFirst) {
        return Table.of(Growth.columns(List.of(newestFirst)), List.of(newestFirst));
    }

    @Test
    void each_good_backup_is_compared_with_the_one_before_it() {
        assertThat(table(
                        good(400, "2026-03-01T04:05:00.000Z"),
                        entry("FAILED", "2026-03-01T02:00:01.000Z", Map.of()),
                        good(1_100, "2026-03-01T02:01:02.000Z"),
                        good(1_000, "2026-03-01T02:01:00.000Z")))
                .isEqualTo(new Table(
                        List.of("SIZE", "GROWTH", "TOOK"),
                        List.of(
                                List.of("400", "-64 %", "2h 05m"),
                                List.of("-", "-", "0m 01s"),
                                List.of("1100", "+10 %", "1m 02s"),
                                List.of("1000", "-", "1m 00s"))));
        assertThat(Growth.columns(List.of(entry("SUCCEEDED", "2026-03-01T02:01:00.000Z", Map.of()))))
                .as("without sizes")
                .isEmpty();
    }

    @Test
    void a_backup_that_its_lock_keeps_is_good_and_says_so() {
        Item item = entry("SUCCEEDED", "2026-03-01T02:01:00.000Z", Map.of("BackupId", AttributeValue.fromS("alpha-1")));
        Map<String, AttributeValue> row = new TreeMap<>(item.attributes());
        row.put("deletingAt", AttributeValue.fromS("2026-03-09T02:01:00.000Z"));
        row.put(
                "deleteError",
                AttributeValue.fromM(Map.of(
                        "type", AttributeValue.fromS("KeptByLock"),
                        "message", AttributeValue.fromS("kept by its lock until 2026-04-01"))));

        assertThat(new Item(row).isGood()).isTrue();
        assertThat(new Item(row).backup()).isEqualTo("alpha-1 (kept by its lock until 2026-04-01)");
    }

    @Test
    void a_warning_stands_in_the_answer() {
        Item small = entry(
                "SUCCEEDED",
                "2026-03-01T02:01:00.000Z",
                Map.of("Warnings", AttributeValue.fromL(List.of(AttributeValue.fromS("too small")))));

        assertThat(small.warnings()).containsExactly("too small");
    }
}
