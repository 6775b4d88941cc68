package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.util.UUID;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One DynamoDB Local for all tests of this process, which stops with the last; each test has an empty audit table. */
final class EmptyTable implements BeforeEachCallback {
    private LocalDynamoDb local;
    private String name;

    DynamoDbClient client() {
        return local.client();
    }

    String name() {
        return name;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        local = context.getRoot()
                .getStore(Namespace.create(EmptyTable.class))
                .getOrComputeIfAbsent("local", _ -> LocalDynamoDb.start("audit"), LocalDynamoDb.class);
        name = local.createTable("audit-" + UUID.randomUUID());
    }
}
