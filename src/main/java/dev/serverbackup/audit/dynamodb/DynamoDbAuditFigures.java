package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.AuditFigures;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Figures from the table's indexes {@code open} and {@code by-server}. */
public final class DynamoDbAuditFigures implements AuditFigures {
    private static final int NEWEST = 200;

    private final DynamoDbClient client;
    private final String table;
    private final InstantSource clock;
    private final DynamoDbCalls calls = DynamoDbCalls.inRealTime();

    /** @param clock says what has expired */
    public DynamoDbAuditFigures(DynamoDbClient client, String table, InstantSource clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    /**
     * Reads the whole index: its items are small, and hold only what is still to be done. None of them can expire. What
     * has been told, and only waits for retention, is not counted.
     */
    @Override
    public OpenEntries openEntries() {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName("open")
                .keyConditionExpression("#open = :open")
                .filterExpression("attribute_not_exists(noticedAt)")
                .expressionAttributeNames(Map.of("#open", OPEN))
                .expressionAttributeValues(Map.of(":open", s(OPEN)))
                .build();
        return calls.to("count the open entries", () -> {
            List<Map<String, AttributeValue>> entries = client.queryPaginator(query).items().stream()
                    .filter(item -> item.get(ENTRY).s().startsWith(EntryItem.PREFIX))
                    .toList();
            return new OpenEntries(entries.size(), oldest(entries));
        });
    }

    @Override
    public Optional<Instant> withoutSuccessSince(ServerName server) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName("by-server")
                .scanIndexForward(false)
                .limit(NEWEST)
                .keyConditionExpression("serverName = :server")
                .filterExpression(Expiry.IS_NOT_EXPIRED)
                .projectionExpression("#status, requestedAt, finishedAt")
                .expressionAttributeNames(Map.of("#status", STATUS))
                .expressionAttributeValues(
                        Map.of(":server", s(server.value()), Expiry.NOW, Expiry.seconds(clock.instant())))
                .build();
        return calls.to("read the last success of server " + server, () -> {
            List<Map<String, AttributeValue>> newest = client.query(query).items();
            return newest.stream()
                    .filter(item -> item.get(STATUS).s().equals(EntryStatus.SUCCEEDED.name()))
                    .flatMap(item -> time(item, FINISHED_AT).stream())
                    .max(Comparator.naturalOrder())
                    .or(() -> oldest(newest));
        });
    }

    private static Optional<Instant> oldest(List<Map<String, AttributeValue>> items) {
        return items.stream().flatMap(item -> time(item, REQUESTED_AT).stream()).min(Comparator.naturalOrder());
    }
}
