package dev.serverbackup.backup.runcommand;

import dev.serverbackup.ManualClock;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupEngine;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.systemsmanager.Instance;
import dev.serverbackup.local.systemsmanager.RunCommand;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import dev.serverbackup.local.systemsmanager.SystemsManager;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The adapter, and over HTTP a Run Command whose commands really run. */
final class RunCommandStage implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(15);

    private final Path scratch;
    private final ManualClock clock;
    private final RunCommand commands;
    private final LocalAws aws;
    private SystemsManagerBackupService service;
    private int servers;

    RunCommandStage(Path scratch, ManualClock clock) {
        this.scratch = scratch;
        this.clock = clock;
        commands = new RunCommand(clock, scratch, Path.of("src/local/commands"), _ -> {});
        SampleDocuments.into(commands);
        aws = LocalAws.started(Fleet.of().unthrottled(), clock, new SystemsManager(commands));
        commands.hold();
        limitBackupsTo(50);
    }

    void limitBackupsTo(int most) {
        var settings = new RunCommandSettings(
                new Documents(
                        DocumentReference.parse("backup:1"),
                        DocumentReference.parse("delete:1"),
                        Optional.of(BackupEngine.CHEF_AUTOMATE)),
                scratch.resolve("artefacts").toString(),
                Duration.ofMinutes(10),
                Duration.ofHours(6),
                most,
                Optional.empty());
        var tags = led(ResourceGroupsTaggingApiClient.builder()).build();
        service = SystemsManagerBackupService.with(
                led(SsmClient.builder()), tags, settings, this::undeleted, clock, CALL);
    }

    /** Instead of the audit, which would know them. */
    private int undeleted(ServerName server, int most) {
        return (int) commands.commands().stream()
                .filter(one ->
                        one.instanceId().equals(server.value()) && one.status().equals("Success"))
                .limit(most)
                .count();
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B led(B builder) {
        return builder.region(Region.US_EAST_1)
                .endpointOverride(aws.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                .httpClient(UrlConnectionHttpClient.create());
    }

    /** One invocation's own. */
    BackupService service() {
        return service.anew();
    }

    /** One that knows what it has to know of a server. */
    BackupService prepared(ServerName server) {
        BackupService prepared = service();
        prepared.prepare(List.of(Server.named(server)), () -> true);
        return prepared;
    }

    BackupDeletion deletion() {
        return service.deletion();
    }

    RunCommand commands() {
        return commands;
    }

    /** An EC2 instance that is Online and has no backups. */
    ServerName aServer() {
        return online("i-%017x".formatted(++servers));
    }

    /** The same, on premises. */
    ServerName aServerElsewhere() {
        return online("mi-%017x".formatted(++servers));
    }

    private ServerName online(String id) {
        commands.put(Instance.online(id, Map.of("Backup", "nightly")));
        return new ServerName(id);
    }

    /**
     * Commands run now, and not before: else a test could find them ended. The service's clock does not move with them.
     */
    void awaitEnd(ServerName server) {
        try {
            commands.release();
            commands.awaitEnd(server.value());
            commands.hold();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        clock.move(Duration.ofSeconds(1));
    }

    @Override
    public void close() {
        commands.close();
        aws.close();
    }
}
