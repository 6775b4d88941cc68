package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditRepositoryContract;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbAuditRepositoryIT extends AuditRepositoryContract {
    private static final InstantSource CLOCK = InstantSource.fixed(Samples.TWO_O_CLOCK);
    private static LocalDynamoDb local;

    private AuditRepository audit;

    @BeforeAll
    static void start_the_database() {
        local = LocalDynamoDb.start("audit");
    }

    @AfterAll
    static void stop_the_database() {
        local.close();
    }

    @BeforeEach
    void make_an_empty_table() {
        audit = new DynamoDbAuditRepository(local.client(), local.createTable("audit-" + UUID.randomUUID()), CLOCK);
    }

    @Override
    protected AuditRepository audit() {
        return audit;
    }
}
