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
import java.util.function.Function;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * What each server chooses by its tags. Read a page for 100 servers, never a call for each, and remembered for a
 * minute: entries keep tags for people, but those that the follow-up had to write have none. Nothing is caught here.
 */
final class ServerTags {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final String SERVER = "ec2:instance";
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 1_000;
    private static final Choice NONE = new Choice(Optional.empty(), Optional.empty());

    private final ResourceGroupsTaggingApiClient client;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private Instant readAt = Instant.EPOCH;
    private Map<String, Choice> choices = Map.of();

    /** Each empty where the server has no such tag, or an empty one. */
    record Choice(Optional<String> engine, Optional<String> script) {
        private Choice or(Choice other) {
            return new Choice(engine.or(other::engine), script.or(other::script));
        }
    }

    ServerTags(ResourceGroupsTaggingApiClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    Choice of(ServerName server, Budget budget) {
        awaitTurn(budget);
        try {
            if (readAt.plus(REMEMBERED).isBefore(clock.instant())) {
                Map<String, Choice> found = new HashMap<>();
                // One after the other: two keys in one question would have to be there both.
                read(Documents.ENGINE_TAG, budget, engine -> new Choice(engine, Optional.empty()), found);
                read(Documents.SCRIPT_TAG, budget, script -> new Choice(Optional.empty(), script), found);
                choices = found;
                readAt = clock.instant();
            }
            return choices.getOrDefault(server.value(), NONE);
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

    private void read(String key, Budget budget, Function<Optional<String>, Choice> choice, Map<String, Choice> found) {
        var request = GetResourcesRequest.builder()
                .resourceTypeFilters(SERVER)
                .resourcesPerPage(PAGE)
                .tagFilters(TagFilter.builder().key(key).build());
        for (int page = 0; page < MOST_PAGES; page++) {
            GetResourcesResponse answer = client.getResources(
                    request.overrideConfiguration(budget.next()).build());
            if (!answer.hasResourceTagMappingList()) {
                throw new IllegalArgumentException("the answer holds no list of resources");
            }
            answer.resourceTagMappingList()
                    .forEach(one -> found.merge(instance(one), choice.apply(value(one, key)), Choice::or));
            String next = Objects.requireNonNullElse(answer.paginationToken(), "");
            if (next.isEmpty()) {
                return;
            }
            request.paginationToken(next);
        }
        throw new IllegalArgumentException("no end after " + MOST_PAGES + " pages");
    }

    private static String instance(ResourceTagMapping mapping) {
        String arn = Objects.requireNonNullElse(mapping.resourceARN(), "");
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static Optional<String> value(ResourceTagMapping mapping, String key) {
        return mapping.tags().stream()
                .filter(tag -> tag.key().equals(key))
                .map(tag -> Objects.requireNonNullElse(tag.value(), ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
