package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.dynamodb.EntryItems;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** A person's way to the table: DynamoDB's API, as far as a restore uses it. */
final class RestoreTable implements DynamoDbClient {
    private final Stage stage;
    private final InMemoryFollowUpRepository deletions;
    private final TableAccess access;

    RestoreTable(Stage stage, TableAccess access) {
        this.stage = stage;
        this.deletions = stage.rows;
        this.access = access;
    }

    @Override
    public String serviceName() {
        return "dynamodb";
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private static <T> T reached(Supplier<T> call) {
        try {
            return call.get();
        } catch (AuditUnavailableException e) {
            throw SdkClientException.create("no answer", e);
        }
    }

    @Override
    public PutItemResponse putItem(PutItemRequest put) {
        Map<String, AttributeValue> given = put.expressionAttributeValues();
        Optional<Map.Entry<String, String>> replaced = put.conditionExpression().startsWith("attribute_not_exists")
                ? Optional.empty()
                : Optional.of(
                        Map.entry(given.get(":before").s(), given.get(":id").s()));
        String what = "write %s as %s"
                .formatted(put.item().get("entry").s(), put.item().get("status").s());
        if (!reached(() -> access.write(what, () -> stage.restores.written(put.item(), replaced)))) {
            throw ConditionalCheckFailedException.builder()
                    .message("the condition does not hold")
                    .build();
        }
        return PutItemResponse.builder().build();
    }

    @Override
    public QueryResponse query(QueryRequest query) {
        List<Map<String, AttributeValue>> items =
                reached(() -> access.read("query " + query.indexName(), () -> items(query)));
        return QueryResponse.builder().items(items).count(items.size()).build();
    }

    private List<Map<String, AttributeValue>> items(QueryRequest query) {
        Map<String, AttributeValue> given = query.expressionAttributeValues();
        if (query.indexName() == null) {
            return stage.restores.rows(given.get(":run").s());
        }
        boolean good = query.indexName().equals("undeleted");
        return stage
                .table
                .rows
                .entriesOf(new ServerName(given.get(good ? ":server" : ":key").s()))
                .stream()
                .sorted(Comparator.comparing(Entry::requestedAt).reversed())
                .map(this::item)
                .filter(item -> !good || item.containsKey("undeleted"))
                .toList();
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        return reached(() -> access.read("read entries", () -> {
            var keys = request.requestItems().get("audit").keys();
            return BatchGetItemResponse.builder()
                    .responses(Map.of(
                            "audit",
                            stage.table.rows.allEntries().stream()
                                    .map(this::item)
                                    .filter(item -> keys.contains(
                                            Map.of("runId", item.get("runId"), "entry", item.get("entry"))))
                                    .toList()))
                    .build();
        }));
    }

    private Map<String, AttributeValue> item(Entry entry) {
        Map<String, AttributeValue> item = new HashMap<>(EntryItems.of(entry));
        entry.backup().ifPresent(backup -> {
            deletions.deletingAt(backup.id()).ifPresent(at -> item.put("deletingAt", instant(at)));
            deletions.deletedAt(backup.id()).ifPresent(at -> {
                item.put("deletedAt", instant(at));
                item.remove("undeleted");
            });
            stage.verifications
                    .result(backup.id())
                    .ifPresent(result -> item.put(
                            "verification",
                            AttributeValue.fromM(Map.of(
                                    "result",
                                    AttributeValue.fromS(result.outcome().name())))));
        });
        return item;
    }

    private static AttributeValue instant(Instant at) {
        return AttributeValue.fromS(at.toString());
    }
}
