package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.audit.CheckpointRepository;
import dev.serverbackup.audit.CheckpointRepositoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class DynamoDbCheckpointRepositoryIT extends CheckpointRepositoryContract {
    @RegisterExtension
    static final EmptyTable TABLE = new EmptyTable();

    @Override
    protected CheckpointRepository repository() {
        return new DynamoDbCheckpointRepository(TABLE.client(), TABLE.name());
    }
}
