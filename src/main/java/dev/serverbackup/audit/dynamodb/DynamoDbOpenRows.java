package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.OpenRows;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The open rows by the table's sparse index {@code open}; those of one server by the index {@code by-server}. */
public final class DynamoDbOpenRows implements OpenRows {
    private static final String INDEX = "open";
    private static final String BY_SERVER = "by-server";

    private final DynamoDbClient client;
    private final String table;
    private final Duration kept;

    /** @param kept how long a row is kept after it was requested: then the table's TTL takes it */
    public DynamoDbOpenRows(DynamoDbClient client, String table, Duration kept) {
        this.client = client;
        this.table = table;
        this.kept = kept;
    }

    @Override
    public List<DueRow> due(Instant now) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName(INDEX)
                .keyConditionExpression("#open = :open AND nextActionAt <= :now")
                .expressionAttributeNames(Map.of("#open", OPEN))
                .expressionAttributeValues(Map.of(":open", s(OPEN), ":now", instant(now)))
                .build();
        return Access.to(
                "read the open rows",
                () -> client.queryPaginator(query).items().stream()
                        .map(DynamoDbOpenRows::due)
                        .toList());
    }

    @Override
    public List<OpenRow> startedOn(ServerName server, Instant oldest) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName(BY_SERVER)
                .keyConditionExpression("serverName = :server AND requestedAt >= :oldest")
                .filterExpression("#open = :open AND #status = :started")
                .projectionExpression("runId, entry")
                .expressionAttributeNames(Map.of("#open", OPEN, "#status", STATUS))
                .expressionAttributeValues(Map.of(
                        ":server",
                        s(server.value()),
                        ":oldest",
                        instant(oldest),
                        ":open",
                        s(OPEN),
                        ":started",
                        s(EntryStatus.STARTED.name())))
                .build();
        return Access.to(
                "read what was started on server " + server,
                () -> client.queryPaginator(query).items().stream()
                        .map(DynamoDbOpenRows::key)
                        .toList());
    }

    @Override
    public Row read(OpenRow row) {
        Map<String, AttributeValue> item = Access.to(
                "read an open row of run " + row.runId(),
                () -> client.getItem(
                                get -> get.tableName(table).key(itemKey(row)).consistentRead(true))
                        .item());
        if (!item.containsKey(OPEN)) {
            return new Row.Closed();
        }
        try {
            return row.entry().equals(RunItem.ENTRY_VALUE)
                    ? new Row.OfRun(RunItem.read(item))
                    : ofEntry(row, EntryItem.read(item));
        } catch (RuntimeException e) {
            // A row that somebody wrote by hand, or another version: whatever is wrong with it, the others go on.
            return new Row.Unreadable(e.toString());
        }
    }

    /** What is written of an entry goes where its server's name says: that must be where it was read. */
    private static Row ofEntry(OpenRow row, Entry entry) {
        return EntryItem.key(entry.runId(), entry.serverName()).equals(itemKey(row))
                ? new Row.OfEntry(entry)
                : new Row.Unreadable("the row is not under the name of its server, " + entry.serverName());
    }

    @Override
    public void postpone(Run run, Instant until) {
        change(
                RunItem.key(run.runId()),
                "SET nextActionAt = :until",
                "#open = :open",
                Map.of(":until", instant(until), ":open", s(OPEN)),
                Map.of("#open", OPEN));
    }

    @Override
    public void noticed(Entry entry, Instant at) {
        letGo(EntryItem.key(entry.runId(), entry.serverName()), entry.status().name(), entry.requestedAt(), at);
    }

    @Override
    public void noticed(Run run, Instant at) {
        letGo(RunItem.key(run.runId()), run.status().name(), run.requestedAt(), at);
    }

    private void letGo(Map<String, AttributeValue> key, String status, Instant requestedAt, Instant at) {
        long expiry = requestedAt.plus(kept).getEpochSecond();
        change(
                key,
                "SET noticedAt = :at, expiresAt = :expiry REMOVE #open, nextActionAt",
                "#status = :status AND attribute_not_exists(noticedAt)",
                Map.of(
                        ":at",
                        instant(at),
                        ":expiry",
                        AttributeValue.fromN(Long.toString(expiry)),
                        ":status",
                        s(status)),
                Map.of("#open", OPEN, "#status", STATUS));
    }

    /** A refused condition means that another pass was first; that is as good. */
    private void change(
            Map<String, AttributeValue> key,
            String update,
            String condition,
            Map<String, AttributeValue> values,
            Map<String, String> names) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(key)
                .updateExpression(update)
                .conditionExpression(condition)
                .expressionAttributeValues(values)
                .expressionAttributeNames(names)
                .build();
        Access.to("update an open row", () -> {
            try {
                return client.updateItem(request);
            } catch (ConditionalCheckFailedException anotherWasFirst) {
                return anotherWasFirst;
            }
        });
    }

    /** A row that somebody wrote by hand may say anything. */
    private static DueRow due(Map<String, AttributeValue> item) {
        OpenRow row = key(item);
        Optional<EntryStatus> status = text(item, STATUS)
                .filter(_ -> !row.entry().equals(RunItem.ENTRY_VALUE))
                .flatMap(name -> Arrays.stream(EntryStatus.values())
                        .filter(known -> known.name().equals(name))
                        .findFirst());
        return new DueRow(row, status, requestedAt(item));
    }

    private static Instant requestedAt(Map<String, AttributeValue> item) {
        try {
            return time(item, REQUESTED_AT).orElse(Instant.EPOCH);
        } catch (DateTimeParseException _) {
            return Instant.EPOCH;
        }
    }

    private static OpenRow key(Map<String, AttributeValue> item) {
        return new OpenRow(item.get(RUN_ID).s(), item.get(ENTRY).s());
    }

    private static Map<String, AttributeValue> itemKey(OpenRow row) {
        return Map.of(RUN_ID, s(row.runId()), ENTRY, s(row.entry()));
    }
}
