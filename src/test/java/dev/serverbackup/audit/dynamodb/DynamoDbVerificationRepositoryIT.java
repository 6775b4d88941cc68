package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.audit.VerificationRepositoryContract;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbVerificationRepositoryIT extends VerificationRepositoryContract {
    private static final InstantSource CLOCK = InstantSource.fixed(Samples.TWO_O_CLOCK);
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
    protected AuditRepository audit() {
        return new DynamoDbAuditRepository(local.client(), table, CLOCK);
    }

    @Override
    protected FollowUpRepository backups() {
        return new DynamoDbFollowUpRepository(local.client(), table, Duration.ofDays(400), CLOCK);
    }

    @Override
    protected VerificationRepository repository() {
        return new DynamoDbVerificationRepository(local.client(), table, CLOCK);
    }

    @Override
    protected String recorded(Server server) {
        Map<String, AttributeValue> item = local.client()
                .getItem(get -> get.tableName(table).key(EntryItem.key(Samples.NIGHTLY, server.name())))
                .item();
        String result = Optional.ofNullable(item.get("verification"))
                .map(map -> map.m().get("result").s())
                .orElse("nothing");
        return result + (item.containsKey("verifiedAt") ? ", verified" : ", not verified");
    }
}
