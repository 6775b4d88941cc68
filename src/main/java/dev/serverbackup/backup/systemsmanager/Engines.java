package dev.serverbackup.backup.systemsmanager;

import dev.serverbackup.backup.Documents;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * Which engine each server names by its tag. Read a page for 100 servers, never a call for each, and remembered for a
 * minute: entries keep tags for people, but those that the follow-up had to write have none. Nothing is caught here.
 */
final class Engines {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final String SERVER = "ec2:instance";
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 1_000;

    private final ResourceGroupsTaggingApiClient client;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private Instant readAt = Instant.EPOCH;
    private Map<String, String> engines = Map.of();

    Engines(ResourceGroupsTaggingApiClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** The engine that a server's tag names; nothing where it has no such tag. */
    Optional<String> of(ServerName server, Budget budget) {
        awaitTurn(budget);
        try {
            if (readAt.plus(REMEMBERED).isBefore(clock.instant())) {
                engines = read(budget);
                readAt = clock.instant();
            }
            return Optional.ofNullable(engines.get(server.value())).filter(engine -> !engine.isEmpty());
        } finally {
            reading.unlock();
        }
    }

    /** No longer than the caller has time: a reader that hangs must not hold all others up one after another. */
    private void awaitTurn(Budget budget) {
        try {
            if (!reading.tryLock(budget.left().toMillis(), TimeUnit.MILLISECONDS)) {
                throw SdkClientException.create("no time was left to read the servers' tags");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted", e);
        }
    }

    private Map<String, String> read(Budget budget) {
        var request = GetResourcesRequest.builder()
                .resourceTypeFilters(SERVER)
                .resourcesPerPage(PAGE)
                .tagFilters(TagFilter.builder().key(Documents.ENGINE_TAG).build());
        Map<String, String> found = new HashMap<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            GetResourcesResponse answer = client.getResources(
                    request.overrideConfiguration(budget.next()).build());
            if (!answer.hasResourceTagMappingList()) {
                throw new IllegalArgumentException("the answer holds no list of resources");
            }
            answer.resourceTagMappingList().forEach(mapping -> engine(mapping, found));
            String next = Objects.requireNonNullElse(answer.paginationToken(), "");
            if (next.isEmpty()) {
                return found;
            }
            request.paginationToken(next);
        }
        throw new IllegalArgumentException("no end after " + MOST_PAGES + " pages");
    }

    private static void engine(ResourceTagMapping mapping, Map<String, String> found) {
        String arn = Objects.requireNonNullElse(mapping.resourceARN(), "");
        for (Tag tag : mapping.tags()) {
            if (tag.key().equals(Documents.ENGINE_TAG)) {
                found.put(arn.substring(arn.lastIndexOf('/') + 1), Objects.requireNonNullElse(tag.value(), ""));
            }
        }
    }
}
