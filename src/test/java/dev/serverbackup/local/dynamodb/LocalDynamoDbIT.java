package dev.serverbackup.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
}
