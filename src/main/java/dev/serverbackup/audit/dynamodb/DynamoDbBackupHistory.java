package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.BackupHistory;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** A server's backups by the table's sparse index {@code undeleted}: an entry leaves it when a deletion is recorded. */
public final class DynamoDbBackupHistory implements BackupHistory {
    private static final String INDEX = "undeleted";
    private static final String DELETING_AT = "deletingAt";
    private static final String DELETION_ID = "deletionId";

    /** Whether the entry, as it stands now, is what the caller takes it for, and its backup not deleted. */
    private static final String STANDS =
            "#status = :succeeded AND serverName = :server AND #backup.#id = :id AND attribute_not_exists(deletedAt)"
                    + " AND "
                    + Expiry.IS_NOT_EXPIRED;

    private static final String GOOD = "#status = :succeeded AND " + Expiry.IS_NOT_EXPIRED;

    private static final String INTENDED = STANDS + " AND attribute_exists(deletingAt)";

    private final DynamoDbClient client;
    private final String table;
    private final InstantSource clock;
    private final DynamoDbCalls calls = DynamoDbCalls.inRealTime();

    /** @param clock says what has expired */
    public DynamoDbBackupHistory(DynamoDbClient client, String table, InstantSource clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public List<PastBackup> undeleted(ServerName server) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName(INDEX)
                .keyConditionExpression("undeleted = :server")
                .filterExpression(GOOD)
                .expressionAttributeNames(Map.of("#status", STATUS))
                .expressionAttributeValues(
                        Map.of(":server", s(server.value()), ":succeeded", succeeded(), Expiry.NOW, now()))
                .build();
        return calls.to(
                "read the history of server " + server,
                () -> client.queryPaginator(query).items().stream()
                        .map(DynamoDbBackupHistory::read)
                        .toList());
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName(INDEX)
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
    public boolean intendDeletion(PastBackup backup, Instant at) {
        return change(backup, "SET deletingAt = if_not_exists(deletingAt, :at)", STANDS, Map.of(":at", instant(at)));
    }

    @Override
    public void deletionAccepted(PastBackup backup, String deletionId) {
        change(backup, "SET deletionId = :deletion", INTENDED, Map.of(":deletion", s(deletionId)));
    }

    @Override
    public void deleted(PastBackup backup, Instant at) {
        change(backup, "SET deletedAt = :at REMOVE deleteError, undeleted", INTENDED, Map.of(":at", instant(at)));
    }

    @Override
    public void notDeleted(PastBackup backup, BackupError why) {
        change(backup, "SET deleteError = :why", INTENDED, Map.of(":why", EntryItem.error(why)));
    }

    /** Whether the condition held. */
    private boolean change(PastBackup backup, String update, String condition, Map<String, AttributeValue> further) {
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

    private static PastBackup read(Map<String, AttributeValue> item) {
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
}
