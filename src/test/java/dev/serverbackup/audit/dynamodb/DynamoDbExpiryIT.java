package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.Samples.ALPHA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.BackupHistory;
import dev.serverbackup.audit.ExpiryContract;
import dev.serverbackup.audit.OpenRows;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoDbExpiryIT extends ExpiryContract {
    private static LocalDynamoDb local;

    private final String table = local.createTable("audit-" + UUID.randomUUID());
    private final AuditTrail audit = new DynamoDbAuditTrail(local.client(), table, clock);
    private final OpenRows open = new DynamoDbOpenRows(local.client(), table, Duration.ofDays(400), clock);
    private final BackupHistory history = new DynamoDbBackupHistory(local.client(), table, clock);

    @BeforeAll
    static void start_the_database() {
        local = LocalDynamoDb.start("audit");
    }

    @AfterAll
    static void stop_the_database() {
        local.close();
    }

    @Override
    protected AuditTrail audit() {
        return audit;
    }

    @Override
    protected OpenRows open() {
        return open;
    }

    @Override
    protected BackupHistory history() {
        return history;
    }

    @Test
    void an_expired_success_is_no_success_to_the_figures() {
        assertThat(new DynamoDbAuditFigures(local.client(), table, clock).withoutSuccessSince(ALPHA.name()))
                .isEmpty();
    }
}
