package dev.serverbackup.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
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

    private static TableDescription table(String name) {
        return local.client().describeTable(request -> request.tableName(name)).table();
    }
}
