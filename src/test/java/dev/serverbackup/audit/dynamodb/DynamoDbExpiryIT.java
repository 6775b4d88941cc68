package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.ExpiryContract;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class DynamoDbExpiryIT extends ExpiryContract {
    private static LocalDynamoDb local;

    private final String table = local.createTable("audit-" + UUID.randomUUID());
    private final AuditRepository audit = new DynamoDbAuditRepository(local.client(), table, clock);
    private final FollowUpRepository repository =
            new DynamoDbFollowUpRepository(local.client(), table, Duration.ofDays(400), clock);

    @BeforeAll
    static void start_the_database() {
        local = LocalDynamoDb.start("audit");
    }

    @AfterAll
    static void stop_the_database() {
        local.close();
    }

    @Override
    protected AuditRepository audit() {
        return audit;
    }

    @Override
    protected FollowUpRepository repository() {
        return repository;
    }
}
