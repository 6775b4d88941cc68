package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The audit table in DynamoDB. A refused condition answers with the item that stands, so that a write of ours whose
 * answer was lost and that the client sent again is recognised as ours.
 */
public final class DynamoDbAuditTrail implements AuditTrail {
    private static final String IF_ABSENT = "attribute_not_exists(runId)";

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbAuditTrail(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public Optional<Run> run(RunId runId) {
        return get(RunItem.key(runId)).map(RunItem::read);
    }

    @Override
    public Opening open(Run run) {
        Map<String, AttributeValue> item = RunItem.of(run);
        Optional<Map<String, AttributeValue>> standing = put(item, IF_ABSENT, Map.of());
        return standing.<Opening>map(old -> new Opening.AlreadyOpen(RunItem.read(old)))
                .orElseGet(() -> new Opening.Opened(run));
    }

    @Override
    public Entry create(Entry pending) {
        return put(EntryItem.of(pending), IF_ABSENT, Map.of())
                .map(EntryItem::read)
                .orElse(pending);
    }

    /** In one transaction. If anything stands in its way, one by one: that tells what. */
    @Override
    public List<Entry> createAll(List<Entry> pending) {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(pending.stream().map(this::creation).toList())
                .build();
        return Access.to("write " + pending.size() + " entries", () -> {
            try {
                client.transactWriteItems(request);
                return pending;
            } catch (TransactionCanceledException someStand) {
                return pending.stream().map(this::create).toList();
            }
        });
    }

    private TransactWriteItem creation(Entry pending) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(EntryItem.of(pending)).conditionExpression(IF_ABSENT))
                .build();
    }

    @Override
    public List<Entry> entries(RunId runId) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("runId = :run AND begins_with(entry, :servers)")
                .expressionAttributeValues(Map.of(":run", s(runId.value()), ":servers", s(EntryItem.PREFIX)))
                .build();
        return Access.to(
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
        return put(EntryItem.of(next), "#status = :status AND " + attempt, values)
                .<Replacement>map(standing -> new Replacement.Overtaken(EntryItem.read(standing)))
                .orElseGet(() -> new Replacement.Replaced(next));
    }

    @Override
    public void settle(Run run) {
        UpdateItemRequest update = UpdateItemRequest.builder()
                .tableName(table)
                .key(RunItem.key(run.runId()))
                .updateExpression("SET #status = :status, #counts = :counts")
                .conditionExpression("#status = :running")
                .expressionAttributeNames(Map.of("#status", STATUS, "#counts", RunItem.COUNTS))
                .expressionAttributeValues(Map.of(
                        ":status", s(run.status().name()),
                        ":counts", map(run.counts(), Attributes::n),
                        ":running", s(RunStatus.RUNNING.name())))
                .build();
        Access.to("settle run " + run.runId(), () -> {
            try {
                return client.updateItem(update);
            } catch (ConditionalCheckFailedException settledBefore) {
                return settledBefore;
            }
        });
    }

    /** Nothing if the item now stands as given; otherwise what stands instead. */
    private Optional<Map<String, AttributeValue>> put(
            Map<String, AttributeValue> item, String condition, Map<String, AttributeValue> values) {
        PutItemRequest.Builder request = PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(condition)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (!values.isEmpty()) {
            request.expressionAttributeValues(values).expressionAttributeNames(Map.of("#status", STATUS));
        }
        return Access.to(
                "write " + item.get(ENTRY).s() + " of run " + item.get(RUN_ID).s(), () -> {
                    try {
                        client.putItem(request.build());
                        return Optional.empty();
                    } catch (ConditionalCheckFailedException refused) {
                        if (!refused.hasItem()) {
                            throw gone(item, refused);
                        }
                        return Optional.of(refused.item()).filter(standing -> !standing.equals(item));
                    }
                });
    }

    /** Somebody deleted it, or its time to live is over. */
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
        return Access.to(
                "read " + key.get(ENTRY).s() + " of run " + key.get(RUN_ID).s(), () -> {
                    var answer = client.getItem(request);
                    return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
                });
    }
}
