package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.Checkpoint;
import dev.serverbackup.audit.CheckpointRepository;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * One item for each kind, keyed {@code checkpoint#<kind>}: no run has such an id. The item is in no index, and never
 * expires.
 */
public final class DynamoDbCheckpointRepository implements CheckpointRepository {
    private static final String PREFIX = "checkpoint#";
    private static final String ENTRY_VALUE = "checkpoint";
    private static final String OF = "of";
    private static final String UNTIL = "until";

    private final DynamoDbClient client;
    private final String table;
    private final DynamoDbCalls calls = DynamoDbCalls.inRealTime();

    public DynamoDbCheckpointRepository(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    private static Map<String, AttributeValue> key(Checkpoint.Kind kind) {
        return Map.of(RUN_ID, s(PREFIX + kind.name().toLowerCase(Locale.ROOT)), ENTRY, s(ENTRY_VALUE));
    }

    @Override
    public Optional<Checkpoint> read(Checkpoint.Kind kind) {
        Map<String, AttributeValue> item = calls.to(
                "read the checkpoint " + kind,
                () -> client.getItem(get -> get.tableName(table).key(key(kind)).consistentRead(true))
                        .item());
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(new Checkpoint(item.get(OF).s(), time(item, UNTIL).orElseThrow()));
    }

    @Override
    public boolean replace(Checkpoint.Kind kind, Optional<Checkpoint> old, Checkpoint next) {
        Map<String, AttributeValue> item = new HashMap<>(key(kind));
        item.put(OF, s(next.of()));
        item.put(UNTIL, instant(next.until()));
        PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(item);
        old.ifPresentOrElse(
                seen -> put.conditionExpression("#of = :of AND #until = :until")
                        .expressionAttributeNames(Map.of("#of", OF, "#until", UNTIL))
                        .expressionAttributeValues(Map.of(":of", s(seen.of()), ":until", instant(seen.until()))),
                () -> put.conditionExpression("attribute_not_exists(" + RUN_ID + ")"));
        return calls.to("write the checkpoint " + kind, () -> {
            try {
                client.putItem(put.build());
                return true;
            } catch (ConditionalCheckFailedException otherwise) {
                return false;
            }
        });
    }
}
