package dev.serverbackup.backup.runcommand;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;

/**
 * Reads the tags of servers whose entries have none, since the follow-up wrote them. One call for 100 servers.
 * Exceptions are not caught here.
 */
record ServerTags(ResourceGroupsTaggingApiClient client) {
    /** Resource Groups Tagging API, {@code GetResources}: ResourceARNList. */
    private static final int MOST_AT_ONCE = 100;

    /** The tags by ARN, of the servers that have any. */
    Map<String, Map<String, String>> of(Collection<String> arns, BooleanSupplier permit) {
        List<String> asked = List.copyOf(arns);
        Map<String, Map<String, String>> found = new HashMap<>();
        for (int from = 0; from < asked.size(); from += MOST_AT_ONCE) {
            if (!permit.getAsBoolean()) {
                throw TimeBudget.over("the servers' tags");
            }
            List<String> part = asked.subList(from, Math.min(from + MOST_AT_ONCE, asked.size()));
            GetResourcesResponse answer = client.getResources(request -> request.resourceARNList(part));
            if (!answer.hasResourceTagMappingList()) {
                throw new IllegalArgumentException("the response has no list of resources");
            }
            answer.resourceTagMappingList().forEach(one -> found.put(one.resourceARN(), tags(one)));
        }
        return found;
    }

    private static Map<String, String> tags(ResourceTagMapping mapping) {
        return mapping.tags().stream()
                .collect(Collectors.toMap(Tag::key, tag -> Objects.requireNonNullElse(tag.value(), "")));
    }
}
