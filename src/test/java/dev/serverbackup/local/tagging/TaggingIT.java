package dev.serverbackup.local.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;

/** The tagging API as the real SDK client sees it, over what OpsWorks CM holds. */
class TaggingIT {

    private static final String SERVERS = "opsworks-cm:server";

    private final LocalAws aws = LocalAws.started(
            Fleet.of(
                            FleetServer.named("alpha")
                                    .tagged("Backup", "nightly")
                                    .withBackups(2, 0),
                            FleetServer.named("bravo")
                                    .tagged("Backup", "hourly")
                                    .listed(2),
                            FleetServer.named("retired")
                                    .tagged("Backup", "nightly")
                                    .gone(),
                            FleetServer.named("untagged"))
                    .alsoListing(new ResourceTags("arn:aws:s3:::bucket", Map.of())),
            InstantSource.system());
    private final ResourceGroupsTaggingApiClient tagging = Clients.tagging(aws.endpoint());
    private final OpsWorksCmClient opsWorksCm = Clients.opsWorksCm(aws.endpoint());

    @AfterEach
    void stop() {
        tagging.close();
        opsWorksCm.close();
        aws.close();
    }

    @Test
    void the_paginator_meets_every_page() {
        var all = tagging.getResourcesPaginator(pages -> pages.resourcesPerPage(1)).stream()
                .flatMap(page -> page.resourceTagMappingList().stream());

        assertThat(all).hasSize(7);
    }

    @Test
    void tags_given_and_taken_show_at_once_and_a_server_that_had_some_stays_listed() {
        var arn = arnOf("untagged");
        opsWorksCm.tagResource(resource -> resource.resourceArn(arn)
                .tags(Tag.builder().key("Backup").value("").build()));
        assertThat(names()).contains("untagged");

        opsWorksCm.untagResource(resource -> resource.resourceArn(arn).tagKeys("Backup"));
        assertThat(mapping(arn).tags()).isEmpty();
    }

    private List<String> names() {
        return tagging.getResources(all -> all.resourceTypeFilters(SERVERS)).resourceTagMappingList().stream()
                .map(mapping -> mapping.resourceARN().split("/", -1)[1])
                .toList();
    }

    private ResourceTagMapping mapping(String arn) {
        return tagging.getResources(all -> all.resourceARNList(arn))
                .resourceTagMappingList()
                .getFirst();
    }

    private String arnOf(String serverName) {
        return opsWorksCm
                .describeServers(one -> one.serverName(serverName))
                .servers()
                .getFirst()
                .serverArn();
    }
}
