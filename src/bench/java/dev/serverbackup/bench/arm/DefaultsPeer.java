package dev.serverbackup.bench.arm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.model.Backup;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/** The SDK as it comes, one call after the other: what most would write in Java. Speaks as {@code peer.py} does. */
public final class DefaultsPeer {
    private final ResourceGroupsTaggingApiClient tags = ResourceGroupsTaggingApiClient.create();
    private final OpsWorksCmClient opsWorks = OpsWorksCmClient.create();
    private final DynamoDbClient table = DynamoDbClient.create();

    private DefaultsPeer() {}

    /** Runs until its input ends. */
    public static void main(String[] args) throws IOException {
        DefaultsPeer peer = new DefaultsPeer();
        System.out.println("ready");
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String run = orders.readLine(); run != null; run = orders.readLine()) {
                System.out.println("done " + peer.backUp(run));
            }
        }
    }

    private int backUp(String run) {
        List<String> arns = tags
                .getResourcesPaginator(request -> request.resourceTypeFilters("opsworks-cm:server")
                        .tagFilters(TagFilter.builder().key("Backup").build())
                        .resourcesPerPage(100))
                .resourceTagMappingList()
                .stream()
                .map(mapping -> mapping.resourceARN())
                .toList();
        arns.forEach(arn -> backUp(run, arn));
        return arns.size();
    }

    private void backUp(String run, String arn) {
        String server = arn.split("/", -1)[1];
        Backup backup = opsWorks.createBackup(
                        request -> request.serverName(server).description("nightly [run " + run + "]"))
                .backup();
        table.putItem(request -> request.tableName("server-backup-audit")
                .item(Map.of(
                        "runId", text(run),
                        "entry", text("server#" + server),
                        "serverName", text(server),
                        "serverArn", text(arn),
                        "status", text("STARTED"),
                        "startedAt", text(Instant.now().toString()),
                        "backup", text(backup.backupId()))));
        System.err.println("{\"runId\":\"%s\",\"serverName\":\"%s\",\"status\":\"STARTED\"}".formatted(run, server));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
