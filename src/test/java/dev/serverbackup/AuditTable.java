package dev.serverbackup;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The audit table as its readers find it, by the names of docs/audit-table.md. */
record AuditTable(DynamoDbClient client, String name) {
    List<Map<String, AttributeValue>> items() {
        return client.scanPaginator(all -> all.tableName(name)).items().stream().toList();
    }

    /** All rows of a run, its own included. */
    List<Map<String, AttributeValue>> rows(String runId) {
        return query("runId = :key", runId);
    }

    Map<String, AttributeValue> run(String runId) {
        return row(runId, "run");
    }

    Map<String, AttributeValue> entry(String runId, String serverName) {
        return row(runId, "server#" + serverName);
    }

    /** The status of each entry, by the server's name. */
    Map<String, String> statuses(String runId) {
        return rows(runId).stream()
                .filter(row -> row.containsKey("serverName"))
                .collect(Collectors.toMap(
                        row -> row.get("serverName").s(),
                        row -> row.get("status").s(),
                        (one, _) -> one,
                        TreeMap::new));
    }

    /** What an index finds under a key, in the order of its range key. */
    List<Map<String, AttributeValue>> index(String index, String hashKey, String value) {
        return client
                .queryPaginator(query -> query.tableName(name)
                        .indexName(index)
                        .keyConditionExpression("#key = :key")
                        .expressionAttributeNames(Map.of("#key", hashKey))
                        .expressionAttributeValues(Map.of(":key", AttributeValue.fromS(value))))
                .items()
                .stream()
                .toList();
    }

    private Map<String, AttributeValue> row(String runId, String entry) {
        return rows(runId).stream()
                .filter(row -> row.get("entry").s().equals(entry))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + entry + " of run " + runId));
    }

    private List<Map<String, AttributeValue>> query(String condition, String key) {
        return client
                .queryPaginator(query -> query.tableName(name)
                        .consistentRead(true)
                        .keyConditionExpression(condition)
                        .expressionAttributeValues(Map.of(":key", AttributeValue.fromS(key))))
                .items()
                .stream()
                .toList();
    }
}
