package dev.serverbackup.bench.fake;

import java.time.Duration;

/** How long the fake takes for an answer, from the last byte of the request on. */
public record Latencies(Duration createBackup, Duration getResources, Duration dynamoDb) {
    /** Those of the goals: 50, 20 and 5 ms. */
    public static final Latencies DEFAULT =
            new Latencies(Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(5));

    Duration of(Operation operation) {
        return switch (operation) {
            case CREATE_BACKUP -> createBackup;
            case GET_RESOURCES -> getResources;
            case DYNAMO_DB -> dynamoDb;
        };
    }
}
