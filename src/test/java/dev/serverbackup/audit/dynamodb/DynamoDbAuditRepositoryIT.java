package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditRepositoryContract;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class DynamoDbAuditRepositoryIT extends AuditRepositoryContract {
    private static final InstantSource CLOCK = InstantSource.fixed(Samples.TWO_O_CLOCK);

    @RegisterExtension
    static final EmptyTable TABLE = new EmptyTable();

    private AuditRepository audit;

    @BeforeEach
    void use_the_table() {
        audit = new DynamoDbAuditRepository(TABLE.client(), TABLE.name(), CLOCK);
    }

    @Override
    protected AuditRepository audit() {
        return audit;
    }
}
