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
        return client
                .queryPaginator(query -> query.tableName(name)
                        .consistentRead(true)
                        .keyConditionExpression("runId = :key")
                        .expressionAttributeValues(Map.of(":key", AttributeValue.fromS(runId))))
                .items()
                .stream()
                .toList();
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

    private Map<String, AttributeValue> row(String runId, String entry) {
        return rows(runId).stream()
                .filter(row -> row.get("entry").s().equals(entry))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + entry + " of run " + runId));
    }
}
