package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.ManualClock;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.tagging.ResourceTags;
import dev.serverbackup.local.tagging.Tagging;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.model.InvalidStateException;
import software.amazon.awssdk.services.opsworkscm.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ThrottledException;

/** The tagging API and OpsWorks CM as the real SDK clients see them. */
class SdkClientsIT {

    private static final String SERVERS = "opsworks-cm:server";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T03:00:00Z"));
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
            clock);
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

    @Test
    void resources_can_be_asked_for_15_times_a_second() {
        for (var n = 0; n < Tagging.REQUESTS_PER_SECOND; n++) {
            tagging.getResources();
        }

        assertThatExceptionOfType(ThrottledException.class).isThrownBy(tagging::getResources);
        clock.move(Duration.ofSeconds(1));
        tagging.getResources();
    }

    @Test
    void of_many_calls_at_once_for_one_server_one_succeeds() throws Exception {
        aws.throttle().off();
        Callable<Boolean> call = () -> {
            try {
                opsWorksCm.createBackup(backup -> backup.serverName("untagged"));
                return true;
            } catch (InvalidStateException locked) {
                return false;
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var started = 0;
            for (var result : threads.invokeAll(Collections.nCopies(20, call))) {
                started += result.get() ? 1 : 0;
            }
            assertThat(started).isOne();
        }
        assertThat(aws.backups("untagged")).hasSize(1);
        assertThat(aws.calls().matching(CallPattern.of("CreateBackup").to("untagged")))
                .hasSize(20);
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
