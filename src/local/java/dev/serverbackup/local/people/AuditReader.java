package dev.serverbackup.local.people;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Answers a question by the key that is made for it: by Query and BatchGetItem alone. Throws what the SDK throws. */
final class AuditReader {
    private static final int PAGE = 100;
    private static final int BATCH = 100;
    private static final String IN_PERIOD = " AND requestedAt BETWEEN :since AND :until";

    private final DynamoDbClient client;
    private final String table;
    private final InstantSource clock;

    /** @param clock says what has expired, and so is not there any more, whether the table has removed it or not */
    AuditReader(DynamoDbClient client, String table, InstantSource clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    /** The first rows, at most {@code limit}, as far as the index holds them. */
    Found answer(Question question, int limit) {
        return switch (question) {
            case Question.OfServer(var server, Period period) -> first(limit, ofServer(server.value(), period));
            case Question.OfRun(var run) -> first(limit, items(ofRun(run.value())));
            case Question.Failed(Period period) -> first(limit, byDay("failures#", period));
            case Question.Runs(Period period) -> first(limit, byDay("runs#", period));
            case Question.Open() -> open(limit);
        };
    }

    /**
     * The same rows with all their attributes. One that is gone by now is left out, and one that moved within its index
     * while that was read, and so was met twice, is there once.
     */
    Found whole(Found found) {
        Map<Map<String, AttributeValue>, Item> rows = new HashMap<>();
        List<Map<String, AttributeValue>> keys =
                found.rows().stream().map(Item::key).distinct().toList();
        IntStream.iterate(0, from -> from < keys.size(), from -> from + BATCH)
                .mapToObj(from -> keys.subList(from, Math.min(from + BATCH, keys.size())))
                .flatMap(this::read)
                .forEach(item -> rows.put(item.key(), item));
        return new Found(keys.stream().map(rows::get).filter(Objects::nonNull).toList(), found.more());
    }

    private Stream<Item> ofServer(String server, Period period) {
        // DynamoDB refuses a range that ends before it begins.
        return period.isEmpty() ? Stream.empty() : items(within(period, "by-server", "serverName", server, false));
    }

    private Stream<Item> byDay(String prefix, Period period) {
        if (period.isEmpty()) {
            return Stream.empty();
        }
        return period.days().flatMap((LocalDate day) -> items(within(period, "by-day", "dayKey", prefix + day, true)));
    }

    /** The index is in the order of what is due next and may be stale; its keys are small, so all of them are read. */
    private Found open(int limit) {
        List<Item> keys = items(of("#open = :open", Map.of(":open", s("open")))
                        .indexName("open")
                        .expressionAttributeNames(Map.of("#open", "open"))
                        .build())
                .sorted(oldestFirst())
                .toList();
        Found rows = whole(Found.first(limit, keys));
        List<Item> open = rows.rows().stream()
                .filter(item -> item.has("open"))
                .sorted(oldestFirst())
                .toList();
        return new Found(open, rows.more());
    }

    private static Comparator<Item> oldestFirst() {
        return Comparator.comparing(item ->
                item.text("requestedAt").or(() -> item.text("nextActionAt")).orElse(""));
    }

    private QueryRequest within(Period period, String index, String key, String value, boolean oldestFirst) {
        Map<String, AttributeValue> values =
                Map.of(":key", s(value), ":since", s(period.first()), ":until", s(period.last()));
        return of(key + " = :key" + IN_PERIOD, values)
                .indexName(index)
                .scanIndexForward(oldestFirst)
                .build();
    }

    private QueryRequest ofRun(String run) {
        return of("runId = :run", Map.of(":run", s(run))).consistentRead(true).build();
    }

    private QueryRequest.Builder of(String condition, Map<String, AttributeValue> values) {
        return QueryRequest.builder()
                .tableName(table)
                .limit(PAGE)
                .keyConditionExpression(condition)
                .expressionAttributeValues(values);
    }

    /** Page by page, as they are asked for. What is open has no expiry, so its index does not hold one. */
    private Stream<Item> items(QueryRequest query) {
        return client.queryPaginator(query).items().stream()
                .map(Item::new)
                .filter(item -> !item.isExpired(clock.instant()));
    }

    /** Asks again for what one answer could not hold. */
    private Stream<Item> read(List<Map<String, AttributeValue>> keys) {
        KeysAndAttributes wanted =
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
        BatchGetItemRequest request = BatchGetItemRequest.builder()
                .requestItems(Map.of(table, wanted))
                .build();
        return client.batchGetItemPaginator(request).stream()
                .flatMap(answer -> answer.responses().getOrDefault(table, List.of()).stream())
                .map(Item::new)
                .filter(item -> !item.isExpired(clock.instant()));
    }

    private static Found first(int limit, Stream<Item> items) {
        return Found.first(limit, items.limit(limit + 1L).collect(Collectors.toList()));
    }

    private static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }
}
