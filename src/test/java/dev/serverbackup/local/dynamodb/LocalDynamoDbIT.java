package dev.serverbackup.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.dynamodb.services.local.monitoring.Telemetry;

/** The deployed table, as docs/audit-table.md describes it, comes out of template.yaml. */
class LocalDynamoDbIT {
    @Test
    void rows_expire_and_nothing_is_reported_to_anybody() {
        try (var local = LocalDynamoDb.start("audit")) {
            var expiry = local.client()
                    .describeTimeToLive(request -> request.tableName(local.tableName()))
                    .timeToLiveDescription();

            assertThat(expiry.attributeName()).isEqualTo("expiresAt");
            assertThat(expiry.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
            assertThat(Telemetry.getTelemetry()).isEmpty();
        }
    }
}
