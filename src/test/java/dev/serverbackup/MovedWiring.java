package dev.serverbackup;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.dynamodb.DynamoDbAuditTrail;
import dev.serverbackup.backup.opsworkscm.OpsWorksCmBackupService;
import dev.serverbackup.fleet.tagging.TaggedFleet;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Services;
import dev.serverbackup.run.VirtualThreadWorkers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

/** The wiring at a later time: the same parts over a clock that was set forward. */
final class MovedWiring {
    private MovedWiring() {}

    static Wiring of(Settings settings, Consumer<AwsClientBuilder<?, ?>> lead, Duration later) {
        Wiring now = Wiring.of(settings, lead);
        return later.isZero() ? now : moved(now, lead, Clock.offset(Clock.tickMillis(ZoneOffset.UTC), later));
    }

    private static Wiring moved(Wiring now, Consumer<AwsClientBuilder<?, ?>> lead, InstantSource clock) {
        var table = DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create());
        var tags = ResourceGroupsTaggingApiClient.builder().httpClient(UrlConnectionHttpClient.create());
        var backups = OpsWorksCmClient.builder().httpClient(UrlConnectionHttpClient.create());
        lead.accept(table);
        lead.accept(tags);
        lead.accept(backups);
        Settings settings = now.settings();
        Services services = new Services(
                new DynamoDbAuditTrail(table.build(), settings.auditTable()),
                OpsWorksCmBackupService.with(backups, clock, settings.terms().callTimeout()),
                settings.terms(),
                new Backoff(settings.terms().retryDelay(), new SecureRandom()),
                clock,
                () -> new AttemptId(UUID.randomUUID().toString()),
                now.meter());
        BackupRun run = new BackupRun(
                new TaggedFleet(tags.build()), services, new VirtualThreadWorkers(settings.maxConcurrentCalls()));
        return new Wiring(settings, now.events(), run, now.meter(), clock);
    }
}
