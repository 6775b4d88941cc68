package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.ExpiryContract;
import dev.serverbackup.audit.FollowUpRepository;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

class DynamoDbExpiryIT extends ExpiryContract {
    @RegisterExtension
    static final EmptyTable TABLE = new EmptyTable();

    @Override
    protected AuditRepository audit() {
        return new DynamoDbAuditRepository(TABLE.client(), TABLE.name(), clock);
    }

    @Override
    protected FollowUpRepository repository() {
        return new DynamoDbFollowUpRepository(TABLE.client(), TABLE.name(), Duration.ofDays(400), clock);
    }
}
