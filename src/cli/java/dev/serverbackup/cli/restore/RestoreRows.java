package dev.serverbackup.cli.restore;

import dev.serverbackup.cli.audit.AuditReader;
import dev.serverbackup.cli.audit.Item;
import dev.serverbackup.request.ServerName;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The rows of restores in the audit table. A server's restores are numbered, and a new one gets the next number only
 * when the last one has ended. So if two are started at once, one is refused.
 */
final class RestoreRows {
    private final AuditReader audit;
    private final DynamoDbClient client;
    private final String table;

    RestoreRows(AuditReader audit, DynamoDbClient client, String table) {
        this.audit = audit;
        this.client = client;
        this.table = table;
    }

    /** The newest restore of a server. */
    Optional<Restore> last(ServerName server) {
        return audit.restores(server.value()).findFirst().map(Restore::new);
    }

    /**
     * Writes the row of a restore that has none.
     *
     * @return whether it was written; false if the number is taken
     */
    boolean create(Restore restore) {
        try {
            client.putItem(put -> put.tableName(table)
                    .item(restore.row().attributes())
                    .conditionExpression("attribute_not_exists(runId)"));
            return true;
        } catch (ConditionalCheckFailedException taken) {
            return isOurs(restore);
        }
    }

    /**
     * Replaces a row that is still open.
     *
     * @return the row as it is then, with what another process may have written in the meantime
     */
    Restore replace(Restore before, Restore after) {
        try {
            client.putItem(put -> put.tableName(table)
                    .item(after.row().attributes())
                    .conditionExpression("#status = :before AND operationId = :id")
                    .expressionAttributeNames(Map.of("#status", "status"))
                    .expressionAttributeValues(Map.of(
                            ":before", AttributeValue.fromS(before.status().name()),
                            ":id", AttributeValue.fromS(before.row().shown("operationId")))));
            return after;
        } catch (ConditionalCheckFailedException changed) {
            return read(before).map(Restore::new).orElse(after);
        }
    }

    /** The SDK repeats a write whose response was lost, and then finds its own row. */
    private boolean isOurs(Restore restore) {
        return read(restore)
                .filter(row -> row.text("operationId").equals(restore.row().text("operationId")))
                .isPresent();
    }

    private Optional<Item> read(Restore restore) {
        return audit.restores(restore.server().value())
                .filter(row -> row.number("number") == restore.number())
                .findFirst();
    }
}
