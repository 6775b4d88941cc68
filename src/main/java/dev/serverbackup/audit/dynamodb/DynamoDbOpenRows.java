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
import java.time.InstantSource;
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
    private static final String ROWS_EXPIRE_AT = "rowsExpireAt";
    private static final String NOTICED_AT = "noticedAt";
    private static final String OPEN_AND_FINAL = "#status = :status AND attribute_exists(#open)";

    private final DynamoDbClient client;
    private final String table;
    private final Duration kept;
    private final InstantSource clock;
    private final DynamoDbCalls calls;

    /**
     * @param kept how long a run's rows are kept after its notice was sent: then they expire together
     * @param clock says what has expired
     */
    public DynamoDbOpenRows(DynamoDbClient client, String table, Duration kept, InstantSource clock) {
        this.client = client;
        this.table = table;
        this.kept = kept;
        this.clock = clock;
        this.calls = DynamoDbCalls.inRealTime();
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
        return calls.to(
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
        return calls.to(
                "read what was started on server " + server,
                () -> client.queryPaginator(query).items().stream()
                        .map(DynamoDbOpenRows::key)
                        .toList());
    }

    @Override
    public Row read(OpenRow row) {
        Map<String, AttributeValue> item = calls.to(
                "read an open row of run " + row.runId(),
                () -> client.getItem(
                                get -> get.tableName(table).key(itemKey(row)).consistentRead(true))
                        .item());
        if (!item.containsKey(OPEN) || Expiry.isExpired(item, clock.instant())) {
            return new Row.Closed();
        }
        try {
            return row.entry().equals(RunItem.ENTRY_VALUE) ? ofRun(item) : ofEntry(row, item);
        } catch (RuntimeException e) {
            // A row written by hand or by another version: what is wrong with it must not stop the others.
            return new Row.Unreadable(e.toString());
        }
    }

    private static Row ofRun(Map<String, AttributeValue> item) {
        Run run = RunItem.read(item);
        return optional(item, ROWS_EXPIRE_AT)
                .<Row>map(expiry -> new Row.OfNoticedRun(run, Instant.ofEpochSecond(Long.parseLong(expiry.n()))))
                .orElseGet(() -> new Row.OfRun(run));
    }

    /** What is written of an entry goes where its server's name says: that must be where it was read. */
    private static Row ofEntry(OpenRow row, Map<String, AttributeValue> item) {
        Entry entry = EntryItem.read(item);
        if (!EntryItem.key(entry.runId(), entry.serverName()).equals(itemKey(row))) {
            return new Row.Unreadable("the row is not under the name of its server, " + entry.serverName());
        }
        return item.containsKey(NOTICED_AT) ? new Row.OfNoticedEntry(entry) : new Row.OfEntry(entry);
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
        change(
                EntryItem.key(entry.runId(), entry.serverName()),
                "SET noticedAt = if_not_exists(noticedAt, :at) REMOVE #open, nextActionAt",
                OPEN_AND_FINAL,
                Map.of(":at", instant(at), ":status", s(entry.status().name())),
                Map.of("#open", OPEN, "#status", STATUS));
    }

    @Override
    public void noticedToRetain(Entry entry, Instant at, Instant due) {
        change(
                EntryItem.key(entry.runId(), entry.serverName()),
                "SET noticedAt = if_not_exists(noticedAt, :at), nextActionAt = :due",
                OPEN_AND_FINAL,
                Map.of(
                        ":at", instant(at),
                        ":due", instant(due),
                        ":status", s(entry.status().name())),
                Map.of("#open", OPEN, "#status", STATUS));
    }

    /** The instant at which all rows of the run expire is stored once, so that every later write uses the same. */
    @Override
    public void noticed(Run run, Instant at) {
        change(
                RunItem.key(run.runId()),
                "SET noticedAt = :at, rowsExpireAt = :expiry",
                "#status = :status AND attribute_not_exists(noticedAt)",
                Map.of(
                        ":at", instant(at),
                        ":expiry", Expiry.seconds(at.plus(kept)),
                        ":status", s(run.status().name())),
                Map.of("#status", STATUS));
    }

    @Override
    public Optional<List<OpenRow>> withoutExpiry(Run run) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("runId = :run AND begins_with(entry, :servers)")
                .filterExpression("attribute_not_exists(" + Expiry.EXPIRES_AT + ")")
                .projectionExpression("runId, entry, #open")
                .expressionAttributeNames(Map.of("#open", OPEN))
                .expressionAttributeValues(Map.of(":run", s(run.runId().value()), ":servers", s(EntryItem.PREFIX)))
                .build();
        List<Map<String, AttributeValue>> items = calls.to(
                "read which entries of run " + run.runId() + " have left",
                () -> client.queryPaginator(query).items().stream().toList());
        return items.stream().anyMatch(item -> item.containsKey(OPEN))
                ? Optional.empty()
                : Optional.of(items.stream().map(DynamoDbOpenRows::key).toList());
    }

    @Override
    public void expire(OpenRow entry, Instant at) {
        change(
                itemKey(entry),
                "SET " + Expiry.EXPIRES_AT + " = :expiry",
                "attribute_exists(noticedAt)",
                Map.of(":expiry", Expiry.seconds(at)),
                Map.of());
    }

    @Override
    public void release(Run run) {
        change(
                RunItem.key(run.runId()),
                "SET " + Expiry.EXPIRES_AT + " = rowsExpireAt REMOVE #open, nextActionAt, rowsExpireAt",
                "attribute_exists(rowsExpireAt)",
                Map.of(),
                Map.of("#open", OPEN));
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
                .expressionAttributeValues(values.isEmpty() ? null : values)
                .expressionAttributeNames(names.isEmpty() ? null : names)
                .build();
        calls.to("update an open row", () -> {
            try {
                return client.updateItem(request);
            } catch (ConditionalCheckFailedException anotherWasFirst) {
                return anotherWasFirst;
            }
        });
    }

    /** A row written by hand may hold anything. */
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
