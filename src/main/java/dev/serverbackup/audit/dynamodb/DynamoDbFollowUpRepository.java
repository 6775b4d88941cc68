package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Uses the table's indexes: {@code open} (sparse) for what is still to be done, {@code undeleted} (sparse: an entry
 * leaves it when its backup's deletion is recorded) for a server's good backups, {@code by-server} for all its entries.
 */
public final class DynamoDbFollowUpRepository implements FollowUpRepository {
    private static final String OPEN_INDEX = "open";
    private static final String BY_SERVER = "by-server";
    private static final String UNDELETED_INDEX = "undeleted";
    /** How many of a server's newest entries are searched for its last success. */
    private static final int NEWEST = 200;

    private static final String ROWS_EXPIRE_AT = "rowsExpireAt";
    private static final String NOTIFIED_AT = "notifiedAt";
    private static final String DELETING_AT = "deletingAt";
    private static final String DELETION_ID = "deletionId";
    private static final String OPEN_AND_FINAL = "#status = :status AND attribute_exists(#open)";

    private static final String GOOD = "#status = :succeeded AND " + Expiry.IS_NOT_EXPIRED;

    /** The entry is still the one that the caller means, and its backup is not deleted. */
    private static final String STANDS =
            GOOD + " AND serverName = :server AND #backup.#id = :id AND attribute_not_exists(deletedAt)";

    private static final String INTENDED = STANDS + " AND attribute_exists(deletingAt)";

    private final DynamoDbClient client;
    private final String table;
    private final Duration kept;
    private final InstantSource clock;
    private final DynamoDbCalls calls;

    /**
     * @param kept how long a run's rows are kept after its notification was sent: then they expire together
     * @param clock to find what has expired
     */
    public DynamoDbFollowUpRepository(DynamoDbClient client, String table, Duration kept, InstantSource clock) {
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
                .indexName(OPEN_INDEX)
                .keyConditionExpression("#open = :open AND nextActionAt <= :now")
                .expressionAttributeNames(Map.of("#open", OPEN))
                .expressionAttributeValues(Map.of(":open", s(OPEN), ":now", instant(now)))
                .build();
        return calls.to(
                "read the open rows",
                () -> client.queryPaginator(query).items().stream()
                        .map(DynamoDbFollowUpRepository::due)
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
                        .map(DynamoDbFollowUpRepository::key)
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
            // The row was written by hand or by another version: an invalid row must not stop the others.
            return new Row.Unreadable(e.toString());
        }
    }

    private static Row ofRun(Map<String, AttributeValue> item) {
        Run run = RunItem.read(item);
        return optional(item, ROWS_EXPIRE_AT)
                .<Row>map(expiry -> new Row.OfNotifiedRun(run, Instant.ofEpochSecond(Long.parseLong(expiry.n()))))
                .orElseGet(() -> new Row.OfRun(run));
    }

    /** An entry is written under its server's name, so it must have been read there. */
    private static Row ofEntry(OpenRow row, Map<String, AttributeValue> item) {
        Entry entry = EntryItem.read(item);
        if (!EntryItem.key(entry.runId(), entry.serverName()).equals(itemKey(row))) {
            return new Row.Unreadable("the row is not under the name of its server, " + entry.serverName());
        }
        return item.containsKey(NOTIFIED_AT) ? new Row.OfNotifiedEntry(entry) : new Row.OfEntry(entry);
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
    public void markNotified(Entry entry, Instant at) {
        change(
                EntryItem.key(entry.runId(), entry.serverName()),
                "SET notifiedAt = if_not_exists(notifiedAt, :at) REMOVE #open, nextActionAt",
                OPEN_AND_FINAL,
                Map.of(":at", instant(at), ":status", s(entry.status().name())),
                Map.of("#open", OPEN, "#status", STATUS));
    }

    @Override
    public void markNotifiedRetentionDue(Entry entry, Instant at, Instant due) {
        change(
                EntryItem.key(entry.runId(), entry.serverName()),
                "SET notifiedAt = if_not_exists(notifiedAt, :at), nextActionAt = :due",
                OPEN_AND_FINAL,
                Map.of(
                        ":at", instant(at),
                        ":due", instant(due),
                        ":status", s(entry.status().name())),
                Map.of("#open", OPEN, "#status", STATUS));
    }

    /** The instant at which all rows of the run expire is stored once, so that every later write uses the same. */
    @Override
    public void markNotified(Run run, Instant at) {
        change(
                RunItem.key(run.runId()),
                "SET notifiedAt = :at, rowsExpireAt = :expiry",
                "#status = :status AND attribute_not_exists(notifiedAt)",
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
                : Optional.of(
                        items.stream().map(DynamoDbFollowUpRepository::key).toList());
    }

    @Override
    public void expire(OpenRow entry, Instant at) {
        change(
                itemKey(entry),
                "SET " + Expiry.EXPIRES_AT + " = :expiry",
                "attribute_exists(notifiedAt)",
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

    /** If the condition fails, another pass was first, and nothing is left to do. */
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

    @Override
    public List<PastBackup> undeleted(ServerName server) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName(UNDELETED_INDEX)
                .keyConditionExpression("undeleted = :server")
                .filterExpression(GOOD)
                .expressionAttributeNames(Map.of("#status", STATUS))
                .expressionAttributeValues(
                        Map.of(":server", s(server.value()), ":succeeded", succeeded(), Expiry.NOW, now()))
                .build();
        return calls.to(
                "read the history of server " + server,
                () -> client.queryPaginator(query).items().stream()
                        .map(DynamoDbFollowUpRepository::past)
                        .toList());
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName(UNDELETED_INDEX)
                .keyConditionExpression("undeleted = :server")
                .filterExpression(GOOD)
                .projectionExpression("runId")
                .limit(atMost)
                .expressionAttributeNames(Map.of("#status", STATUS))
                .expressionAttributeValues(
                        Map.of(":server", s(server.value()), ":succeeded", succeeded(), Expiry.NOW, now()))
                .build();
        return calls.to("count the backups of server " + server, () -> (int)
                client.queryPaginator(query).items().stream().limit(atMost).count());
    }

    @Override
    public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
        return changeBackup(
                backup,
                "SET deletingAt = if_not_exists(deletingAt, :at), notKeptBy = :rules",
                STANDS,
                Map.of(":at", instant(at), ":rules", s(rules)));
    }

    @Override
    public void deletionAccepted(PastBackup backup, String deletionId) {
        changeBackup(backup, "SET deletionId = :deletion", INTENDED, Map.of(":deletion", s(deletionId)));
    }

    @Override
    public void deleted(PastBackup backup, Instant at) {
        // A SUCCEEDED entry has no day key, so the day of the deletion becomes its key: the index then finds the
        // deletions of a day.
        changeBackup(
                backup,
                "SET deletedAt = :at, dayKey = :day REMOVE deleteError, undeleted",
                INTENDED,
                Map.of(":at", instant(at), ":day", s("deletions#" + day(at))));
    }

    @Override
    public void notDeleted(PastBackup backup, BackupError why) {
        changeBackup(backup, "SET deleteError = :why", INTENDED, Map.of(":why", EntryItem.error(why)));
    }

    /** Returns whether the condition held. */
    private boolean changeBackup(
            PastBackup backup, String update, String condition, Map<String, AttributeValue> further) {
        Map<String, AttributeValue> values = new HashMap<>(further);
        values.put(":succeeded", succeeded());
        values.put(":server", s(backup.serverName().value()));
        values.put(":id", s(backup.backupId()));
        values.put(Expiry.NOW, now());
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(EntryItem.key(backup.runId(), backup.serverName()))
                .updateExpression(update)
                .conditionExpression(condition)
                .expressionAttributeNames(Map.of("#status", STATUS, "#backup", BACKUP, "#id", Backup.ID))
                .expressionAttributeValues(values)
                .build();
        return calls.to("record a deletion of run " + backup.runId(), () -> {
            try {
                client.updateItem(request);
                return true;
            } catch (ConditionalCheckFailedException otherwise) {
                return false;
            }
        });
    }

    private static PastBackup past(Map<String, AttributeValue> item) {
        return new PastBackup(
                new RunId(item.get(RUN_ID).s()),
                new ServerName(item.get(UNDELETED).s()),
                backend(item),
                EntryItem.backup(item.get(BACKUP).m()),
                time(item, FINISHED_AT).orElseThrow(),
                item.containsKey(DELETING_AT),
                text(item, DELETION_ID));
    }

    private AttributeValue now() {
        return Expiry.seconds(clock.instant());
    }

    private static AttributeValue succeeded() {
        return s(EntryStatus.SUCCEEDED.name());
    }

    /**
     * Reads the whole index: its items are small, and only for what is still to be done. None of them can expire. An
     * entry whose notification was sent, and that only waits for retention, is not counted.
     */
    @Override
    public OpenEntries openEntries() {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName(OPEN_INDEX)
                .keyConditionExpression("#open = :open")
                .filterExpression("attribute_not_exists(notifiedAt)")
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
                .indexName(BY_SERVER)
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
