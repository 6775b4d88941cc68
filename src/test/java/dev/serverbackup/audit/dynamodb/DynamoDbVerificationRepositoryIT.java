package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.audit.VerificationRepositoryContract;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbVerificationRepositoryIT extends VerificationRepositoryContract {
    private static final InstantSource CLOCK = InstantSource.fixed(Samples.TWO_O_CLOCK);

    @RegisterExtension
    static final EmptyTable TABLE = new EmptyTable();

    @Override
    protected AuditRepository audit() {
        return new DynamoDbAuditRepository(TABLE.client(), TABLE.name(), CLOCK);
    }

    @Override
    protected FollowUpRepository backups() {
        return new DynamoDbFollowUpRepository(TABLE.client(), TABLE.name(), Duration.ofDays(400), CLOCK);
    }

    @Override
    protected VerificationRepository repository() {
        return new DynamoDbVerificationRepository(TABLE.client(), TABLE.name(), CLOCK);
    }

    @Override
    protected String recorded(Server server) {
        Map<String, AttributeValue> item = TABLE.client()
                .getItem(get -> get.tableName(TABLE.name()).key(EntryItem.key(Samples.NIGHTLY, server.name())))
                .item();
        String result = Optional.ofNullable(item.get("verification"))
                .map(map -> map.m().get("result").s())
                .orElse("nothing");
        return result + (item.containsKey("verifiedAt") ? ", verified" : ", not verified");
    }
}
