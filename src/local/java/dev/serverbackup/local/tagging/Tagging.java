package dev.serverbackup.local.tagging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.http.Service;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The tagging API as a target of the front; it has GetResources alone. Resources come in the order of their ARNs. */
public final class Tagging implements Service {

    private final Supplier<List<ResourceTags>> resources;
    /** What AWS documents for GetResources. */
    public static final int REQUESTS_PER_SECOND = 15;

    private final InstantSource clock;
    private final BooleanSupplier admits;

    /**
     * Over resources that may change.
     *
     * @param resources everything that has tags or once had some, as it is when asked for; ARNs may repeat
     */
    public Tagging(Supplier<List<ResourceTags>> resources, InstantSource clock) {
        this(resources, clock, () -> true);
    }

    /** @param admits whether one more request is within the limit; it counts then */
    public Tagging(Supplier<List<ResourceTags>> resources, InstantSource clock, BooleanSupplier admits) {
        this.resources = resources;
        this.clock = clock;
        this.admits = admits;
    }

    @Override
    public String prefix() {
        return "ResourceGroupsTaggingAPI_20170126";
    }

    @Override
    public Set<String> operations() {
        return Set.of("GetResources");
    }

    @Override
    public ObjectNode perform(String operation, InputReader input) {
        if (!operations().contains(operation)) {
            throw Service.unknown(prefix() + "." + operation);
        }
        if (!admits.getAsBoolean()) {
            throw new AwsError(AwsErrorType.THROTTLED, "Rate exceeded");
        }
        return getResources(Query.read(input), clock.instant());
    }

    private ObjectNode getResources(Query query, Instant now) {
        var found = resources.get().stream()
                .filter(query::matches)
                .sorted(Comparator.comparing(ResourceTags::arn))
                .toList();
        var page = Page.of(found, query, now);
        var output = JsonNodeFactory.instance.objectNode();
        var list = output.putArray("ResourceTagMappingList");
        for (var resource : page.resources()) {
            var tags = list.addObject().put("ResourceARN", resource.arn()).putArray("Tags");
            resource.tags()
                    .forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        }
        return output.put("PaginationToken", page.nextToken());
    }
}
