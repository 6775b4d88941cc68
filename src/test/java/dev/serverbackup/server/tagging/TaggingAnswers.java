package dev.serverbackup.server.tagging;

import dev.serverbackup.server.Targets;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;

/** What the tagging API answers, and the request that it answers. */
final class TaggingAnswers {
    private TaggingAnswers() {}

    static GetResourcesResponse page(String next, ResourceTagMapping... servers) {
        return GetResourcesResponse.builder()
                .paginationToken(next)
                .resourceTagMappingList(servers)
                .build();
    }

    /** @param tags key, value, key, value */
    static ResourceTagMapping server(String name, String... tags) {
        return resource(arn(name), tags);
    }

    static ResourceTagMapping resource(String arn, String... tags) {
        List<Tag> pairs = IntStream.range(0, tags.length / 2)
                .mapToObj(pair -> Tag.builder()
                        .key(tags[2 * pair])
                        .value(tags[2 * pair + 1])
                        .build())
                .toList();
        return ResourceTagMapping.builder().resourceARN(arn).tags(pairs).build();
    }

    static String arn(String name) {
        return "arn:aws:opsworks-cm:eu-central-1:123456789012:server/" + name + "/8epp7f6z-e91f-4z10-89z5-8c6219cdb09f";
    }

    static List<String> names(Targets targets) {
        return targets.servers().stream().map(each -> each.name().value()).toList();
    }

    static GetResourcesRequest.Builder everyServer() {
        return GetResourcesRequest.builder()
                .resourceTypeFilters("opsworks-cm:server")
                .resourcesPerPage(100)
                .tagFilters(List.of());
    }
}
