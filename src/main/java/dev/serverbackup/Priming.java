package dev.serverbackup;

import dev.serverbackup.audit.dynamodb.DynamoDbAuditRepository;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/**
 * Makes one read call to each service that a run calls, before SnapStart takes its snapshot. TLS, credentials and the
 * SDK's code are then initialised when the first run after a restore begins. A failed read is logged, and the next one
 * is made. The clients are used for this only, and closed: a connection kept in a snapshot is dead, and the effect of a
 * {@code CreateBackup} sent on it would be unknown.
 */
final class Priming implements Resource {
    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);
    private static final RunId NO_RUN = new RunId("priming");

    private final Settings settings;
    private final Consumer<AwsClientBuilder<?, ?>> customizer;

    /** @param customizer is called with each client's builder, before the client is built */
    Priming(Settings settings, Consumer<AwsClientBuilder<?, ?>> customizer) {
        this.settings = settings;
        this.customizer = customizer;
    }

    /** The context holds its resources weakly, so the class that registers one keeps a reference to it. */
    static Priming registered(Settings settings) {
        Priming priming = new Priming(settings, _ -> {});
        Core.getGlobalContext().register(priming);
        return priming;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        Duration timeout = settings.timeouts().callTimeout();
        try (AwsClients clients = AwsClients.with(timeout, customizer)) {
            read(
                    "audit table",
                    () -> new DynamoDbAuditRepository(clients.dynamoDb(), settings.auditTable(), InstantSource.system())
                            .run(NO_RUN));
            read("tags", () -> clients.tags().getResources(page -> page.resourcesPerPage(1)));
            read("backup service", () -> switch (settings.backend()) {
                case Backend.OpsWorksCm _ ->
                    clients.opsWorksCm()
                            .build()
                            .describeBackups(page ->
                                    page.maxResults(1).overrideConfiguration(call -> call.apiCallTimeout(timeout)));
                // Five is the API's minimum.
                case Backend.RunCommand _ ->
                    clients.systemsManager()
                            .build()
                            .describeInstanceInformation(page ->
                                    page.maxResults(5).overrideConfiguration(call -> call.apiCallTimeout(timeout)));
            });
        }
    }

    private static void read(String what, Supplier<?> read) {
        try {
            var _ = read.get();
        } catch (RuntimeException e) {
            LOG.warn("priming could not read from the {}; the first run after a restore may be slower", what, e);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Connections, tokens and ids are created when they are needed, so nothing is stale.
    }
}
