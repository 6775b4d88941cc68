package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.HistoryRepository;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Uses the index {@code by-day}, with a query for each UTC day. */
public final class DynamoDbHistoryRepository implements HistoryRepository {
    private final DynamoDbClient client;
    private final String table;
    private final InstantSource clock;
    private final DynamoDbCalls calls = DynamoDbCalls.inRealTime();

    /** @param clock to find what has expired */
    public DynamoDbHistoryRepository(DynamoDbClient client, String table, InstantSource clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public List<PastRun> runs(Instant since, Instant before) {
        return calls.to(
                "read the runs of a period",
                () -> items("runs#", since, before)
                        .map(DynamoDbHistoryRepository::run)
                        .toList());
    }

    @Override
    public List<PastFailure> failures(Instant since, Instant before, int atMost) {
        return calls.to(
                "read the failures of a period",
                () -> items("failures#", since, before)
                        .limit(atMost)
                        .map(DynamoDbHistoryRepository::failure)
                        .toList());
    }

    private Stream<Map<String, AttributeValue>> items(String prefix, Instant since, Instant before) {
        return day(since)
                .datesUntil(day(before).plusDays(1))
                .flatMap(day -> client.queryPaginator(query(prefix + day, since, before)).items().stream())
                .filter(item -> !Expiry.isExpired(item, clock.instant()));
    }

    private QueryRequest query(String dayKey, Instant since, Instant before) {
        return QueryRequest.builder()
                .tableName(table)
                .indexName("by-day")
                .keyConditionExpression("dayKey = :day AND requestedAt BETWEEN :since AND :last")
                .expressionAttributeValues(
                        Map.of(":day", s(dayKey), ":since", instant(since), ":last", instant(before.minusMillis(1))))
                .build();
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static PastRun run(Map<String, AttributeValue> item) {
        Map<EntryStatus, Integer> counts = new EnumMap<>(EntryStatus.class);
        numbers(item, RunItem.COUNTS).forEach((status, count) -> counts.put(EntryStatus.valueOf(status), count));
        return new PastRun(
                new RunId(item.get(RUN_ID).s()),
                RunStatus.valueOf(item.get(STATUS).s()),
                Integer.parseInt(item.get(RunItem.TARGET_COUNT).n()),
                counts,
                time(item, REQUESTED_AT).orElseThrow());
    }

    private static PastFailure failure(Map<String, AttributeValue> item) {
        return new PastFailure(
                new ServerName(item.get(SERVER_NAME).s()),
                new ErrorType(item.get(ERROR).m().get("type").s()));
    }
}
