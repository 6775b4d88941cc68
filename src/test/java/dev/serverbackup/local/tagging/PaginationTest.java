package dev.serverbackup.local.tagging;

import static dev.serverbackup.local.tagging.TaggingUnderTest.names;
import static dev.serverbackup.local.tagging.TaggingUnderTest.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.http.AwsErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How GetResources gives what it finds page by page. */
class PaginationTest {

    private final TaggingUnderTest tagging = new TaggingUnderTest();

    @Test
    void pages_hold_everything_once_and_the_last_token_is_empty() {
        var names = new ArrayList<String>();
        var token = "";
        do {
            var page = tagging.get("{'ResourceTypeFilters': ['opsworks-cm:server'], 'ResourcesPerPage': 1,"
                    + " 'PaginationToken': '" + token + "'}");
            names.add(names(page));
            token = page.get("PaginationToken").textValue();
        } while (!token.isEmpty());

        assertThat(names).containsExactly("alpha", "bravo", "charlie", "delta");
    }

    @Test
    void a_resource_listed_twice_comes_twice_even_across_pages() {
        tagging.resources.add(tagging.resources.getFirst());
        var first = tagging.get("{'ResourceTypeFilters': ['opsworks-cm:server'], 'ResourcesPerPage': 1}");
        var second = tagging.next(first, "'ResourceTypeFilters': ['opsworks-cm:server'], 'ResourcesPerPage': 2");

        assertThat(names(first)).isEqualTo("alpha");
        assertThat(names(second)).isEqualTo("alpha bravo");
    }

    @Test
    void what_comes_and_goes_between_pages_moves_nothing_else() {
        var first = tagging.get("{'ResourceTypeFilters': ['opsworks-cm:server'], 'ResourcesPerPage': 2}");
        tagging.resources.removeFirst();
        tagging.resources.add(server("aardvark", Map.of()));

        assertThat(names(first)).isEqualTo("alpha bravo");
        assertThat(names(tagging.next(first, "'ResourceTypeFilters': ['opsworks-cm:server']")))
                .isEqualTo("charlie delta");
    }

    @Test
    void a_page_has_50_resources_unless_told_otherwise() {
        IntStream.range(0, 100).forEach(n -> tagging.resources.add(server("s" + n, Map.of())));

        assertThat(tagging.get("{}").get("ResourceTagMappingList")).hasSize(50);
        assertThat(tagging.get("{'ResourcesPerPage': 100}").get("ResourceTagMappingList"))
                .hasSize(100);
    }

    @Test
    void a_page_can_be_limited_by_its_tags_without_splitting_a_resource() {
        tagging.resources.clear();
        var sixty = IntStream.range(0, 60).boxed().collect(Collectors.toMap(n -> "key" + n, n -> ""));
        tagging.resources.addAll(List.of(server("alpha", sixty), server("bravo", sixty), server("charlie", Map.of())));

        var first = tagging.get("{'TagsPerPage': 100}");
        assertThat(names(first)).isEqualTo("alpha");
        assertThat(names(tagging.next(first, "'TagsPerPage': 100"))).isEqualTo("bravo charlie");
    }

    @Test
    void a_token_is_good_for_15_minutes_and_for_its_own_filters() {
        var token =
                tagging.get("{'ResourcesPerPage': 1}").get("PaginationToken").textValue();

        tagging.refused(
                AwsErrorType.PAGINATION_TOKEN_EXPIRED,
                "{'PaginationToken': '" + token + "', 'TagFilters': [{'Key': 'Backup'}]}");
        tagging.clock.move(Duration.ofMinutes(15));
        tagging.get("{'PaginationToken': '" + token + "'}");
        tagging.clock.move(Duration.ofSeconds(1));
        tagging.refused(AwsErrorType.PAGINATION_TOKEN_EXPIRED, "{'PaginationToken': '" + token + "'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!", "MSAxIDE", "OTk5OTk5OTk5OTk5IDEgMSBhcm4"})
    void a_foreign_token_is_expired(String token) {
        tagging.refused(AwsErrorType.PAGINATION_TOKEN_EXPIRED, "{'PaginationToken': '" + token + "'}");
    }
}
