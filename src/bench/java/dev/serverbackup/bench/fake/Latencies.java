package dev.serverbackup.bench.fake;

import java.time.Duration;

/**
 * How long the fake takes for an answer, from the last byte of the request on.
 *
 * @param start of a backup
 * @param page of any list
 * @param table of DynamoDB, and of the event bus
 */
public record Latencies(Duration start, Duration page, Duration table) {
    /** Those of the goals. */
    public static final Latencies DEFAULT =
            new Latencies(Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(5));

    /** The same with slow lists. */
    public static final Latencies SLOW_PAGES = new Latencies(DEFAULT.start, Duration.ofMillis(200), DEFAULT.table);

    /** What an answer's latency goes by. */
    enum Kind {
        START,
        PAGE,
        TABLE;

        static Kind of(String operation) {
            return switch (operation) {
                case "CreateBackup", "SendCommand" -> START;
                case "GetItem", "PutItem", "UpdateItem", "TransactWriteItems", "Query", "PutEvents" -> TABLE;
                default -> PAGE;
            };
        }
    }

    Duration of(Kind kind) {
        return switch (kind) {
            case START -> start;
            case PAGE -> page;
            case TABLE -> table;
        };
    }
}
