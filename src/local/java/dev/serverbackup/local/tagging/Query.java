package dev.serverbackup.local.tagging;

import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.http.Range;
import dev.serverbackup.local.http.Text;
import java.util.List;
import java.util.Optional;

/** The input of GetResources, verified. Tokens that are empty are absent: a first request may send one. */
record Query(
        List<TagFilter> tagFilters,
        List<String> resourceTypes,
        List<String> arns,
        int resourcesPerPage,
        Optional<String> token) {

    private static final int USUAL_PAGE = 50;
    private static final Range PAGE = new Range(1, 100);
    private static final Range FILTERS = new Range(0, 50);
    private static final Range VALUES = new Range(0, 20);
    private static final Range HUNDRED = new Range(0, 100);
    private static final Range ARNS = new Range(1, 100);
    private static final Text KEY = Text.of(1, 128);
    private static final Text VALUE = Text.of(0, 256);
    private static final Text TYPE = Text.of(0, 256);
    private static final Text ARN = Text.of(1, 1011);
    private static final Text TOKEN = Text.of(0, 2048);
    private static final List<String> NOT_WITH_ARNS =
            List.of("TagFilters", "ResourceTypeFilters", "ResourcesPerPage", "PaginationToken");

    static Query read(InputReader input) {
        var query = new Query(
                input.structures("TagFilters", FILTERS).stream()
                        .map(filter ->
                                new TagFilter(filter.required("Key", KEY), filter.texts("Values", VALUES, VALUE)))
                        .toList(),
                input.texts("ResourceTypeFilters", HUNDRED, TYPE),
                input.texts("ResourceARNList", ARNS, ARN),
                input.integer("ResourcesPerPage", PAGE).orElse(USUAL_PAGE),
                input.optional("PaginationToken", TOKEN).filter(token -> !token.isEmpty()));
        refuseCombinations(input);
        input.verify(AwsErrorType.INVALID_PARAMETER);
        return query;
    }

    boolean matches(ResourceTags resource) {
        return (arns.isEmpty() || arns.contains(resource.arn()))
                && (resourceTypes.isEmpty() || resourceTypes.stream().anyMatch(resource::isOfType))
                && tagFilters.stream().allMatch(filter -> filter.matches(resource.tags()));
    }

    /** What a token belongs to: the conditions, but not the size of the pages. */
    int fingerprint() {
        return List.of(tagFilters, resourceTypes).hashCode();
    }

    private static void refuseCombinations(InputReader input) {
        if (input.has("ResourceARNList")) {
            NOT_WITH_ARNS.stream()
                    .filter(input::has)
                    .forEach(other -> input.refuse("ResourceARNList and " + other + " cannot be given together"));
        }
    }
}
