package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local for the tests of a class, which registers it as a static field; each test has an empty audit table. */
final class EmptyTable implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private LocalDynamoDb local;
    private String name;

    DynamoDbClient client() {
        return local.client();
    }

    String name() {
        return name;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        local = LocalDynamoDb.start("audit");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        name = local.createTable("audit-" + UUID.randomUUID());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        local.close();
    }
}
