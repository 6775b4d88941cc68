package dev.serverbackup.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.dynamodb.services.local.monitoring.Telemetry;

/** The deployed table, as docs/audit-table.md describes it, comes out of template.yaml. */
class LocalDynamoDbIT {
    private static LocalDynamoDb local;

    @BeforeAll
    static void start() {
        local = LocalDynamoDb.start("audit");
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Test
    void an_entry_is_found_by_its_run_and_its_name() {
        assertThat(keys(table().keySchema())).containsExactly("runId HASH", "entry RANGE");
    }

    @Test
    void every_key_is_text() {
        assertThat(table().attributeDefinitions())
                .extracting(AttributeDefinition::attributeName, AttributeDefinition::attributeTypeAsString)
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "(\"runId\", \"S\")",
                        "(\"entry\", \"S\")",
                        "(\"serverName\", \"S\")",
                        "(\"requestedAt\", \"S\")",
                        "(\"open\", \"S\")",
                        "(\"nextActionAt\", \"S\")",
                        "(\"dayKey\", \"S\")",
                        "(\"undeleted\", \"S\")");
    }

    @Test
    void a_server_has_a_history() {
        assertThat(keys(index("by-server").keySchema())).containsExactly("serverName HASH", "requestedAt RANGE");
        assertThat(index("by-server").projection().projectionTypeAsString()).isEqualTo("ALL");
    }

    @Test
    void what_is_open_is_found_by_when_it_is_due() {
        assertThat(keys(index("open").keySchema())).containsExactly("open HASH", "nextActionAt RANGE");
        assertThat(index("open").projection().projectionTypeAsString()).isEqualTo("INCLUDE");
        assertThat(index("open").projection().nonKeyAttributes())
                .containsExactly("requestedAt", "status", "notifiedAt");
    }

    @Test
    void a_day_has_its_runs_and_failures() {
        assertThat(keys(index("by-day").keySchema())).containsExactly("dayKey HASH", "requestedAt RANGE");
        assertThat(index("by-day").projection().projectionTypeAsString()).isEqualTo("INCLUDE");
        assertThat(index("by-day").projection().nonKeyAttributes())
                .containsExactlyInAnyOrder(
                        "serverName",
                        "status",
                        "error",
                        "backup",
                        "attempts",
                        "finishedAt",
                        "targetCount",
                        "counts",
                        "expiresAt");
    }

    @Test
    void a_server_has_its_backups_that_are_not_deleted() {
        assertThat(keys(index("undeleted").keySchema())).containsExactly("undeleted HASH", "requestedAt RANGE");
        assertThat(index("undeleted").projection().nonKeyAttributes())
                .containsExactlyInAnyOrder(
                        "status", "backend", "backup", "finishedAt", "deletingAt", "deletionId", "expiresAt");
    }

    @Test
    void there_is_no_other_index() {
        assertThat(table().globalSecondaryIndexes()).hasSize(4);
        assertThat(table().localSecondaryIndexes()).isEmpty();
    }

    @Test
    void rows_expire() {
        var expiry = local.client()
                .describeTimeToLive(request -> request.tableName(local.tableName()))
                .timeToLiveDescription();

        assertThat(expiry.attributeName()).isEqualTo("expiresAt");
        assertThat(expiry.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
    }

    @Test
    void another_table_starts_empty_and_is_the_same() {
        local.client().putItem(request -> request.tableName(local.tableName()).item(row()));

        String another = local.createTable("another");

        assertThat(local.client().scan(request -> request.tableName(another)).items())
                .isEmpty();
        assertThat(table(another).globalSecondaryIndexes())
                .extracting(GlobalSecondaryIndexDescription::indexName)
                .containsExactlyInAnyOrder("by-server", "open", "by-day", "undeleted");
    }

    @Test
    void two_databases_do_not_see_each_other() {
        try (var other = LocalDynamoDb.start("elsewhere")) {
            assertThat(other.client().listTables().tableNames()).containsExactly("elsewhere");
            assertThat(other.endpoint()).isNotEqualTo(local.endpoint());
        }
    }

    @Test
    void a_port_that_is_taken_is_named() {
        var template = TableTemplate.read(Path.of("template.yaml"));
        var taken = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), local.endpoint().getPort());

        assertThatThrownBy(() -> LocalDynamoDb.start(template, "audit", taken, Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("DynamoDB Local can't listen on 127.0.0.1:" + taken.getPort());
    }

    @Test
    void nothing_is_reported_to_anybody() {
        assertThat(Telemetry.getTelemetry()).isEmpty();
    }

    private static Map<String, AttributeValue> row() {
        return Map.of("runId", AttributeValue.fromS("release-4711"), "entry", AttributeValue.fromS("run"));
    }

    private static List<String> keys(List<KeySchemaElement> keys) {
        return keys.stream()
                .map(key -> key.attributeName() + " " + key.keyTypeAsString())
                .toList();
    }

    private static GlobalSecondaryIndexDescription index(String name) {
        return table().globalSecondaryIndexes().stream()
                .collect(Collectors.toMap(GlobalSecondaryIndexDescription::indexName, index -> index))
                .get(name);
    }

    private static TableDescription table() {
        return table(local.tableName());
    }

    private static TableDescription table(String name) {
        return local.client().describeTable(request -> request.tableName(name)).table();
    }
}
