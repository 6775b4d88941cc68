package dev.serverbackup.backup.runcommand;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.Samples;
import dev.serverbackup.backup.BackupCount;
import dev.serverbackup.backup.BackupEngine;
import dev.serverbackup.backup.CommandSettings;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.backup.aws.StubHttp;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The adapter over a wire of our own. */
final class StubbedAdapter {
    static final ServerName SERVER = new ServerName("i-0123456789abcdef0");
    static final String OURS = "before release 4711" + BackupRequest.marker(Samples.NIGHTLY);
    static final String ID = SERVER + "-20260301020001500";
    static final Duration CALL = Duration.ofSeconds(15);
    static final RunCommandSettings TIMEOUTS = new RunCommandSettings(
            new Documents(
                    DocumentReference.parse("Backup:7"),
                    DocumentReference.parse("Delete:1"),
                    Optional.of(BackupEngine.GENERIC)),
            "/var/backups/server-backup",
            Duration.ofMinutes(10),
            Duration.ofHours(6),
            2,
            Optional.empty());

    private StubbedAdapter() {}

    /** The wire to an instance that is Online, has no tags and no commands, unless told otherwise. */
    static StubHttp online(StubHttp http) {
        return http.usually(
                        "DescribeInstanceInformation",
                        "{\"InstanceInformationList\":[{\"InstanceId\":\"%s\",\"PingStatus\":\"Online\"}]}"
                                .formatted(SERVER))
                .usually("DescribeInstanceProperties", "{\"InstanceProperties\":[]}")
                .usually("GetResources", "{\"ResourceTagMappingList\":[]}")
                .usually("ListCommands", commands())
                .usually(
                        "SendCommand",
                        "{\"Command\":{\"CommandId\":\"command-1\",\"Status\":\"Pending\",\"RequestedDateTime\":1772330401.5}}");
    }

    static SystemsManagerBackupService service(StubHttp http, InstantSource clock) {
        return service(http, clock, CALL, TIMEOUTS, (_, _) -> 0);
    }

    static SystemsManagerBackupService service(
            StubHttp http, InstantSource clock, Duration callTimeout, RunCommandSettings settings, BackupCount count) {
        return SystemsManagerBackupService.with(
                over(SsmClient.builder(), http),
                over(ResourceGroupsTaggingApiClient.builder(), http).build(),
                settings,
                count,
                clock,
                callTimeout);
    }

    static CommandOperations operations(StubHttp http, InstantSource clock) {
        return CommandOperations.with(
                over(SsmClient.builder(), http),
                new CommandSettings(
                        DocumentReference.parse("Verify:3"),
                        Duration.ofMinutes(10),
                        Duration.ofHours(6),
                        Optional.empty()),
                clock,
                CALL);
    }

    private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B over(B builder, StubHttp http) {
        return builder.region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                .httpClient(http);
    }

    /** A command of ours, as {@code ListCommands} shows it. */
    static String command(String id, String status) {
        return """
            {"CommandId":"command-1","Status":"%s","StatusDetails":"%s","RequestedDateTime":1772330401.5,\
            "DocumentName":"Backup","DocumentVersion":"7","Comment":"%s",\
            "Parameters":{"backupId":["%s"],"description":["%s"],"destination":["/var/backups/server-backup"]}}\
            """.formatted(status, status, Comment.ofBackup(OURS), id, Comment.packed(OURS));
    }

    static String deletion(String id, String status) {
        return """
            {"CommandId":"command-2","Status":"%s","Comment":"Server Backup deletes %s",\
            "Parameters":{"backupId":["%s"],"destination":["/var/backups/server-backup"]}}\
            """.formatted(status, id, id);
    }

    /** What {@code GetCommandInvocation} shows. */
    static String ended(String status, String details, String output, String complaint) {
        return new ObjectMapper()
                .createObjectNode()
                .put("CommandId", "command-1")
                .put("Status", status)
                .put("StatusDetails", details)
                .put("ResponseCode", 1)
                .put("StandardOutputContent", output)
                .put("StandardErrorContent", complaint)
                .toString();
    }

    /** What {@code ListCommandInvocations} shows: standard error stands behind the document's line and is none of it. */
    static String invocation(String command, String status, String details, String output) {
        ObjectNode invocation = new ObjectMapper()
                .createObjectNode()
                .put("CommandId", command)
                .put("Status", status)
                .put("StatusDetails", details);
        invocation
                .putArray("CommandPlugins")
                .addObject()
                .put("ResponseCode", 1)
                .put("Output", output + "\n----------ERROR-------\nwarning: {}");
        return invocation.toString();
    }

    static String commands(String... commands) {
        return "{\"Commands\":[" + String.join(",", commands) + "]}";
    }
}
