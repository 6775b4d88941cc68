package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Verification;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.audit.VerificationResult;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * One item for each server, keyed {@code verification#<server>}: no run has such an id. In the index {@code open} it
 * has another partition key than the rows of runs, so that no pass takes it for one.
 */
public final class DynamoDbVerificationRepository implements VerificationRepository {
    private static final String DUE = "verification";
    /** Each is read with one call; a pass gets fewer than this done. */
    private static final int MOST_AT_ONCE = 1_000;

    private final DynamoDbClient client;
    private final String table;
    private final InstantSource clock;
    private final DynamoDbCalls calls = DynamoDbCalls.inRealTime();

    /** @param clock to find what has expired */
    public DynamoDbVerificationRepository(DynamoDbClient client, String table, InstantSource clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public void schedule(ServerName server, BackupBackend backend, Instant now) {
        put(put -> put.item(VerificationItem.of(Verification.first(server, backend, now)))
                .conditionExpression(Expiry.IS_ABSENT)
                .expressionAttributeValues(Map.of(Expiry.NOW, Expiry.seconds(clock.instant()))));
    }

    @Override
    public List<Verification> due(Instant now) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName("open")
                .keyConditionExpression("#open = :due AND nextActionAt <= :now")
                .expressionAttributeNames(Map.of("#open", OPEN))
                .expressionAttributeValues(Map.of(":due", s(DUE), ":now", instant(now)))
                .build();
        List<ServerName> servers = calls.to(
                "read which verifications are due",
                () -> client.queryPaginator(query).items().stream()
                        .map(VerificationItem::server)
                        .limit(MOST_AT_ONCE)
                        .toList());
        return servers.stream()
                .flatMap(server -> of(server).stream())
                .filter(one -> !one.nextActionAt().isAfter(now))
                .toList();
    }

    @Override
    public Optional<Verification> of(ServerName server) {
        Map<String, AttributeValue> item = calls.to(
                "read the verification of server " + server,
                () -> client.getItem(get -> get.tableName(table)
                                .key(VerificationItem.key(server))
                                .consistentRead(true))
                        .item());
        return item.isEmpty() || Expiry.isExpired(item, clock.instant())
                ? Optional.empty()
                : Optional.of(VerificationItem.read(item));
    }

    @Override
    public boolean replace(Verification old, Verification next) {
        return putOver(old, VerificationItem.of(next));
    }

    /** The row leaves the index at once; DynamoDB's time to live removes it later. */
    @Override
    public void remove(Verification old) {
        Map<String, AttributeValue> item = new HashMap<>(VerificationItem.of(old));
        item.keySet().removeAll(List.of(OPEN, NEXT_ACTION_AT));
        item.put(Expiry.EXPIRES_AT, Expiry.seconds(clock.instant()));
        putOver(old, item);
    }

    private boolean putOver(Verification old, Map<String, AttributeValue> item) {
        return put(put -> put.item(item)
                .conditionExpression("#version = :version")
                .expressionAttributeNames(Map.of("#version", VerificationItem.VERSION))
                .expressionAttributeValues(Map.of(":version", VerificationItem.number(old.version()))));
    }

    private boolean put(Consumer<PutItemRequest.Builder> what) {
        return calls.to("write the verification of a server", () -> {
            try {
                client.putItem(put -> what.accept(put.tableName(table)));
                return true;
            } catch (ConditionalCheckFailedException otherwise) {
                return false;
            }
        });
    }

    /** A pass sets {@code verifiedAt}, a failure removes it; an inconclusive result leaves it. */
    @Override
    public boolean record(Verification.Subject subject, VerificationResult result) {
        String update = switch (result.outcome()) {
            case PASSED -> "SET verification = :result, verifiedAt = :at";
            case FAILED -> "SET verification = :result REMOVE verifiedAt";
            case INCONCLUSIVE -> "SET verification = :result";
        };
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":result",
                VerificationItem.result(result),
                ":id",
                s(result.backupId()),
                ":succeeded",
                s(EntryStatus.SUCCEEDED.name()),
                Expiry.NOW,
                Expiry.seconds(clock.instant())));
        if (result.outcome() == VerificationResult.Outcome.PASSED) {
            values.put(":at", instant(result.at()));
        }
        return calls.to("record a verification of run " + subject.runId(), () -> {
            try {
                client.updateItem(change -> change.tableName(table)
                        .key(EntryItem.key(subject.runId(), subject.operation().server()))
                        .updateExpression(update)
                        .conditionExpression(
                                "#status = :succeeded AND #backup.#id = :id AND attribute_not_exists(deletingAt)"
                                        + " AND attribute_not_exists(deletedAt) AND " + Expiry.IS_NOT_EXPIRED)
                        .expressionAttributeNames(Map.of("#status", STATUS, "#backup", BACKUP, "#id", Backup.ID))
                        .expressionAttributeValues(values));
                return true;
            } catch (ConditionalCheckFailedException otherwise) {
                return false;
            }
        });
    }
}
