package dev.serverbackup.server.tagging;

import dev.serverbackup.request.SafeText;
import dev.serverbackup.request.TagSelector;
import dev.serverbackup.server.Preview;
import dev.serverbackup.server.ServerKind;
import dev.serverbackup.server.ServerResolver;
import dev.serverbackup.server.ServersUnavailableException;
import dev.serverbackup.server.TaggedResource;
import dev.serverbackup.server.TargetSelection;
import dev.serverbackup.server.Targets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * Finds servers by the Resource Groups Tagging API, in the client's account and region: one {@code GetResources} call
 * for a page of 100 servers. If the selector has tag conditions, the API filters the listing. If it only names servers,
 * or for a dry run, every server is listed, since the tags of a named server, and so a hold, can't be read in another
 * way. The selector is then applied to the listing, so that a wider listing does no harm.
 */
public final class TaggingApiServerResolver implements ServerResolver {
    private static final int PAGE = 100;
    /** Far beyond any account's servers (a run has at most 4,000 targets). */
    private static final int MAX_PAGES = 1_000;

    private static final int SHOWN_MESSAGE = 300;

    private final ResourceGroupsTaggingApiClient client;
    private final ServerKind kind;

    /** @param client closed by its creator */
    public TaggingApiServerResolver(ResourceGroupsTaggingApiClient client, ServerKind kind) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.client = Objects.requireNonNull(client, "client");
    }

    @Override
    public Targets select(TagSelector selector) {
        return TargetSelection.of(kind, selector, listing(TagFilters.of(selector)));
    }

    @Override
    public Preview preview(TagSelector selector) {
        return TargetSelection.preview(kind, selector, listing(List.of()));
    }

    private List<TaggedResource> listing(List<TagFilter> filters) {
        GetResourcesRequest.Builder request = GetResourcesRequest.builder()
                .resourceTypeFilters(kind.resourceTypes())
                .resourcesPerPage(PAGE)
                .tagFilters(filters);
        List<TaggedResource> listing = new ArrayList<>();
        Set<String> tokens = new HashSet<>();
        for (int page = 0; page < MAX_PAGES; page++) {
            GetResourcesResponse answer = answer(request.build());
            answer.resourceTagMappingList().forEach(mapping -> listing.add(resource(mapping)));
            String next = answer.paginationToken();
            if (next == null || next.isEmpty()) {
                return listing;
            }
            if (!tokens.add(next)) {
                throw unavailable("the service returned the same page twice", null);
            }
            request.paginationToken(next);
        }
        throw unavailable("the listing did not end after " + MAX_PAGES + " pages", null);
    }

    private GetResourcesResponse answer(GetResourcesRequest request) {
        try {
            GetResourcesResponse answer = client.getResources(request);
            if (!answer.hasResourceTagMappingList()) {
                throw unavailable("the response has no list of resources", null);
            }
            return answer;
        } catch (AbortedException e) {
            // This is how the SDK reports an interrupt. Restores the interrupt flag.
            Thread.currentThread().interrupt();
            throw unavailable("interrupted", e);
        } catch (SdkException e) {
            throw unavailable(SafeText.shown(String.valueOf(e.getMessage()), SHOWN_MESSAGE), e);
        }
    }

    private static TaggedResource resource(ResourceTagMapping mapping) {
        Map<String, String> tags = new HashMap<>();
        for (Tag tag : mapping.tags()) {
            tags.put(tag.key(), Objects.requireNonNullElse(tag.value(), ""));
        }
        return new TaggedResource(Objects.requireNonNullElse(mapping.resourceARN(), ""), tags);
    }

    private static ServersUnavailableException unavailable(String why, SdkException cause) {
        return new ServersUnavailableException("the servers' tags could not be read: " + why, cause);
    }
}
