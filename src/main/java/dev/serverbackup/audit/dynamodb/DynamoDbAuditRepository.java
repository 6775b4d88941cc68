package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The audit table in DynamoDB. If a condition fails, DynamoDB returns the item. So a write whose response was lost, and
 * that the client sent again, is recognised as our own.
 */
public final class DynamoDbAuditRepository implements AuditRepository {
    /** DynamoDB's limit for a transaction's items together (API TransactWriteItems). */
    private static final long MOST_BYTES_AT_ONCE = 4L * 1024 * 1024;

    private final DynamoDbClient client;
    private final String table;
    private final InstantSource clock;
    private final DynamoDbCalls calls;

    /** @param clock to find what has expired */
    public DynamoDbAuditRepository(DynamoDbClient client, String table, InstantSource clock) {
        this(client, table, clock, DynamoDbCalls.inRealTime());
    }

    DynamoDbAuditRepository(DynamoDbClient client, String table, InstantSource clock, DynamoDbCalls calls) {
        this.client = client;
        this.table = table;
        this.clock = clock;
        this.calls = calls;
    }

    @Override
    public Optional<Oversize> oversize(Run run, List<Entry> pending) {
        return oversize(Optional.empty(), RunItem.of(run), RunItem.GROWTH)
                .or(() -> pending.stream()
                        .flatMap(entry ->
                                oversize(Optional.of(entry.serverName()), EntryItem.of(entry), EntryItem.GROWTH)
                                        .stream())
                        .findFirst());
    }

    private static Optional<Oversize> oversize(
            Optional<ServerName> server, Map<String, AttributeValue> item, long growth) {
        long bytes = ItemSize.of(item) + growth;
        if (bytes <= ItemSize.MOST) {
            return Optional.empty();
        }
        TreeMap<String, Long> parts = new TreeMap<>();
        item.forEach((name, value) -> parts.put(name, ItemSize.of(value)));
        return Optional.of(new Oversize(server, bytes, ItemSize.MOST, parts));
    }

    @Override
    public Optional<Run> run(RunId runId) {
        return get(RunItem.key(runId)).map(RunItem::read);
    }

    @Override
    public CreateRunResult open(Run run) {
        Map<String, AttributeValue> item = RunItem.of(run);
        Optional<Map<String, AttributeValue>> standing = put(item, Expiry.IS_ABSENT, Map.of());
        return standing.<CreateRunResult>map(old -> new CreateRunResult.AlreadyOpen(RunItem.read(old)))
                .orElseGet(() -> new CreateRunResult.Opened(run));
    }

    @Override
    public Entry create(Entry pending) {
        return put(EntryItem.of(pending), Expiry.IS_ABSENT, Map.of())
                .map(EntryItem::read)
                .orElse(pending);
    }

    /** In few transactions. If a transaction is cancelled, its entries are written one by one. */
    @Override
    public List<Entry> createAll(List<Entry> pending) {
        return transactions(pending).stream()
                .flatMap(part -> createTogether(part).stream())
                .toList();
    }

    /** In the order given, in parts that are not too many or too large for one transaction. */
    private static List<List<Entry>> transactions(List<Entry> pending) {
        List<List<Entry>> parts = new ArrayList<>();
        long bytes = 0;
        for (Entry entry : pending) {
            long more = ItemSize.of(EntryItem.of(entry));
            bytes += more;
            if (parts.isEmpty() || parts.getLast().size() == MOST_CREATED_AT_ONCE || bytes > MOST_BYTES_AT_ONCE) {
                parts.add(new ArrayList<>());
                bytes = more;
            }
            parts.getLast().add(entry);
        }
        return parts;
    }

    private List<Entry> createTogether(List<Entry> pending) {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(pending.stream().map(this::creation).toList())
                .build();
        return calls.to("write " + pending.size() + " entries", () -> {
            try {
                calls.retried(() -> client.transactWriteItems(request));
                return pending;
            } catch (TransactionCanceledException | TransactionInProgressException someStand) {
                return pending.stream().map(this::create).toList();
            }
        });
    }

    private TransactWriteItem creation(Entry pending) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(EntryItem.of(pending))
                        .conditionExpression(Expiry.IS_ABSENT)
                        .expressionAttributeValues(Map.of(Expiry.NOW, now())))
                .build();
    }

    @Override
    public List<Entry> entries(RunId runId) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("runId = :run AND begins_with(entry, :servers)")
                .filterExpression(Expiry.IS_NOT_EXPIRED)
                .expressionAttributeValues(
                        Map.of(":run", s(runId.value()), ":servers", s(EntryItem.PREFIX), Expiry.NOW, now()))
                .build();
        return calls.to(
                "read the entries of run " + runId,
                () -> client.queryPaginator(query).items().stream()
                        .map(EntryItem::read)
                        .toList());
    }

    @Override
    public Optional<Entry> entry(RunId runId, ServerName server) {
        return get(EntryItem.key(runId, server)).map(EntryItem::read);
    }

    @Override
    public Replacement replace(Entry seen, Entry next) {
        if (seen.status().isFinal()) {
            throw new IllegalArgumentException("the outcome of a final entry never changes: " + seen.status());
        }
        Map<String, AttributeValue> values =
                new HashMap<>(Map.of(":status", s(seen.status().name())));
        seen.attemptId().ifPresent(id -> values.put(":attempt", s(id.value())));
        String attempt = seen.attemptId().isPresent() ? "attemptId = :attempt" : "attribute_not_exists(attemptId)";
        return put(EntryItem.of(next), "#status = :status AND " + attempt + " AND " + Expiry.IS_NOT_EXPIRED, values)
                .<Replacement>map(standing -> new Replacement.Conflict(EntryItem.read(standing)))
                .orElseGet(() -> new Replacement.Replaced(next));
    }

    @Override
    public void finish(Run run) {
        UpdateItemRequest update = UpdateItemRequest.builder()
                .tableName(table)
                .key(RunItem.key(run.runId()))
                .updateExpression("SET #status = :status, #counts = :counts")
                .conditionExpression("#status = :running AND " + Expiry.IS_NOT_EXPIRED)
                .expressionAttributeNames(Map.of("#status", STATUS, "#counts", RunItem.COUNTS))
                .expressionAttributeValues(Map.of(
                        ":status",
                        s(run.status().name()),
                        ":counts",
                        map(run.counts(), Attributes::n),
                        ":running",
                        s(RunStatus.RUNNING.name()),
                        Expiry.NOW,
                        now()))
                .build();
        calls.to("finish run " + run.runId(), () -> {
            try {
                return client.updateItem(update);
            } catch (ConditionalCheckFailedException finishedBefore) {
                return finishedBefore;
            }
        });
    }

    /**
     * Empty if the table now holds the given item; otherwise the item that it holds instead.
     *
     * @param values the condition's values, besides the time
     */
    private Optional<Map<String, AttributeValue>> put(
            Map<String, AttributeValue> item, String condition, Map<String, AttributeValue> values) {
        Map<String, AttributeValue> compared = new HashMap<>(values);
        compared.put(Expiry.NOW, now());
        PutItemRequest.Builder request = PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(condition)
                .expressionAttributeValues(compared)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (!values.isEmpty()) {
            request.expressionAttributeNames(Map.of("#status", STATUS));
        }
        return calls.to(
                "write " + item.get(ENTRY).s() + " of run " + item.get(RUN_ID).s(), () -> {
                    try {
                        client.putItem(request.build());
                        return Optional.empty();
                    } catch (ConditionalCheckFailedException refused) {
                        if (!refused.hasItem() || isExpired(refused.item())) {
                            throw gone(item, refused);
                        }
                        return Optional.of(refused.item()).filter(standing -> !standing.equals(item));
                    }
                });
    }

    /** It was deleted, or its time to live is over. */
    private static AuditUnavailableException gone(Map<String, AttributeValue> item, Exception refused) {
        return new AuditUnavailableException(
                "%s of run %s is not in the audit table any more"
                        .formatted(item.get(ENTRY).s(), item.get(RUN_ID).s()),
                refused);
    }

    private Optional<Map<String, AttributeValue>> get(Map<String, AttributeValue> key) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(key)
                .consistentRead(true)
                .build();
        return calls.to(
                "read " + key.get(ENTRY).s() + " of run " + key.get(RUN_ID).s(), () -> {
                    var answer = client.getItem(request);
                    return answer.hasItem() && !isExpired(answer.item())
                            ? Optional.of(answer.item())
                            : Optional.empty();
                });
    }

    private boolean isExpired(Map<String, AttributeValue> item) {
        return Expiry.isExpired(item, clock.instant());
    }

    private AttributeValue now() {
        return Expiry.seconds(clock.instant());
    }
}
