package dev.serverbackup.bench.fake;

import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * An audit table of 250 nights of 400 servers, so 100,000 entries. In each night server-0 fails. To be closed.
 *
 * @param last when the last night's run was requested, a whole second
 */
public record LargeTable(LocalDynamoDb database, Instant last) implements AutoCloseable {
    /** The table's name. */
    public static final String NAME = "audit";

    private static final int NIGHTS = 250;
    private static final int SERVERS = 400;
    private static final int BATCH = 25;
    private static final int WRITERS = 4;

    /** A table in memory, filled; takes about a minute. */
    public static LargeTable filled(Instant last) {
        LargeTable table = new LargeTable(LocalDynamoDb.start(NAME), last);
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            IntStream.range(0, NIGHTS).forEach(night -> writers.execute(() -> table.write(night)));
        }
        return table;
    }

    /** The last night's run. */
    public String lastRun() {
        return runOf(last);
    }

    private static String runOf(Instant at) {
        return "server-backup-schedule@" + at;
    }

    @Override
    public void close() {
        database.close();
    }

    private void write(int night) {
        Instant at = last.minus(NIGHTS - 1L - night, ChronoUnit.DAYS);
        String run = runOf(at);
        List<Map<String, AttributeValue>> items = Stream.concat(
                        Stream.of(run(run, at)), IntStream.range(0, SERVERS).mapToObj(i -> entry(run, at, i)))
                .toList();
        for (int from = 0; from < items.size(); from += BATCH) {
            List<WriteRequest> batch = items.subList(from, Math.min(items.size(), from + BATCH)).stream()
                    .map(item -> WriteRequest.builder()
                            .putRequest(PutRequest.builder().item(item).build())
                            .build())
                    .toList();
            database.client().batchWriteItem(write -> write.requestItems(Map.of(NAME, batch)));
        }
    }

    private static Map<String, AttributeValue> run(String run, Instant at) {
        Map<String, AttributeValue> targets = new HashMap<>();
        IntStream.range(0, SERVERS).forEach(i -> targets.put("server-" + i, s("")));
        return Map.of(
                "runId", s(run),
                "entry", s("run"),
                "dayKey", s("runs#" + at.toString().substring(0, 10)),
                "requestedAt", s(time(at)),
                "status", s("PARTIALLY_FAILED"),
                "targetCount", n(SERVERS),
                "targets", AttributeValue.fromM(targets),
                "backend", s("systems-manager"),
                "counts", AttributeValue.fromM(Map.of("SUCCEEDED", n(SERVERS - 1), "FAILED", n(1))));
    }

    /** One server of each night fails; server-0 never had a good backup. */
    private static Map<String, AttributeValue> entry(String run, Instant at, int server) {
        boolean failed = server == 0;
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                "runId", s(run),
                "entry", s("server#server-" + server),
                "serverName", s("server-" + server),
                "requestedAt", s(time(at)),
                "finishedAt", s(time(at.plusSeconds(600))),
                "status", s(failed ? "FAILED" : "SUCCEEDED"),
                "attempts", n(1)));
        if (failed) {
            item.put("dayKey", s("failures#" + at.toString().substring(0, 10)));
            item.put("error", AttributeValue.fromM(Map.of("type", s("NotSent"), "message", s("no route"))));
        } else {
            item.put(
                    "backup",
                    AttributeValue.fromM(Map.of("BackupId", s("server-" + server + "-" + at.getEpochSecond()))));
            item.put("undeleted", s("server-" + server));
        }
        return item;
    }

    private static String time(Instant at) {
        return at.toString().replace("Z", ".000Z");
    }

    private static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue n(int value) {
        return AttributeValue.fromN(Integer.toString(value));
    }
}
