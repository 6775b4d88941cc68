package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.audit.CheckpointRepository;
import dev.serverbackup.audit.CheckpointRepositoryContract;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbCheckpointRepositoryIT extends CheckpointRepositoryContract {
    private static LocalDynamoDb local;

    private String table;

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
        table = local.createTable("audit-" + UUID.randomUUID());
    }

    @Override
    protected CheckpointRepository repository() {
        return new DynamoDbCheckpointRepository(local.client(), table);
    }
}
