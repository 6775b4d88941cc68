package dev.serverbackup.local.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.InvalidParameterException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.PaginationTokenExpiredException;
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
    void servers_with_tags_are_listed_as_the_fleet_says() {
        assertThat(names()).containsExactly("alpha", "bravo", "bravo", "retired");
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

    @Test
    void a_new_backup_is_listed_with_its_servers_tags() {
        var backup = opsWorksCm.createBackup(of -> of.serverName("alpha")).backup();

        assertThat(mapping(backup.backupArn()).tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("Backup=nightly");
    }

    @Test
    void each_documented_error_is_its_own_exception() {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> tagging.getResources(all -> all.resourcesPerPage(0)));
        assertThatExceptionOfType(PaginationTokenExpiredException.class)
                .isThrownBy(() -> tagging.getResources(all -> all.paginationToken("foreign")));
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
