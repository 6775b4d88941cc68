package dev.serverbackup.local.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.ManualClock;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GetResources finds, and how it gives it page by page. JSON is written with single quotes. */
class TaggingTest {
    private static final String OPSWORKS = "arn:aws:opsworks-cm:us-east-1:123456789012:";
    private static final String BUCKET = "arn:aws:s3:::bucket";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T03:00:00Z"));
    private final List<ResourceTags> resources = new ArrayList<>(List.of(
            server("alpha", Map.of("Backup", "nightly", "Environment", "prod")),
            server("bravo", Map.of("Backup", "hourly", "Environment", "dev")),
            server("charlie", Map.of("Backup", "", "Environment", "prod")),
            server("delta", Map.of()),
            new ResourceTags(OPSWORKS + "backup/alpha-20261119030000125", Map.of("Backup", "nightly")),
            new ResourceTags(BUCKET, Map.of("Backup", "nightly"))));
    private final Tagging tagging = new Tagging(() -> List.copyOf(resources), clock);

    private JsonNode next(JsonNode page, String input) {
        return get("{%s, 'PaginationToken': '%s'}"
                .formatted(input, page.get("PaginationToken").textValue()));
    }

    private JsonNode get(String input) {
        try {
            var json = (ObjectNode) new ObjectMapper().readTree(input.replace('\'', '"'));
            return tagging.perform("GetResources", InputReader.of(json));
        } catch (JsonProcessingException mistake) {
            throw new AssertionError(mistake);
        }
    }

    private void refused(AwsErrorType type, String input) {
        var error = catchThrowableOfType(AwsError.class, () -> get(input));
        assertThat(error).as(input).isNotNull();
        assertThat(error.type()).isEqualTo(type);
    }

    private static String names(JsonNode page) {
        return StreamSupport.stream(page.get("ResourceTagMappingList").spliterator(), false)
                .map(mapping -> mapping.get("ResourceARN").textValue().split("/", -1)[1])
                .collect(Collectors.joining(" "));
    }

    private static ResourceTags server(String name, Map<String, String> tags) {
        return new ResourceTags(OPSWORKS + "server/" + name + "/1", tags);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [{'Key': 'Backup', 'Values': ['nightly']}]                                     | alpha
        [{'Key': 'Backup', 'Values': ['nightly', 'hourly']}]                           | alpha bravo
        [{'Key': 'Backup', 'Values': []}]                                              | alpha bravo charlie
        [{'Key': 'Backup'}]                                                            | alpha bravo charlie
        [{'Key': 'Backup', 'Values': ['']}]                                            | charlie
        [{'Key': 'Backup'}, {'Key': 'Environment', 'Values': ['prod']}]                | alpha charlie
        [{'Key': 'Backup', 'Values': ['hourly']}, {'Key': 'Environment', 'Values': ['prod']}] |
        [{'Key': 'backup'}]                                                            |
        []                                                                             | alpha bravo charlie delta
        """)
    void all_keys_must_match_and_any_value_of_each(String filters, String names) {
        var found = get("{'ResourceTypeFilters': ['opsworks-cm:server'], 'TagFilters': " + filters + "}");

        assertThat(names(found)).isEqualTo(names == null ? "" : names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ['opsworks-cm:server']          | 4
        ['opsworks-cm:backup']          | 1
        ['opsworks-cm']                 | 5
        ['opsworks-cm:server', 's3']    | 5
        ['ec2:instance']                | 0
        ['opsworks-cm:serve']           | 0
        []                              | 6
        """)
    void a_type_is_a_service_or_one_of_its_resource_types(String types, int count) {
        assertThat(get("{'ResourceTypeFilters': " + types + "}").get("ResourceTagMappingList"))
                .hasSize(count);
    }

    @Test
    void resources_can_be_asked_for_by_arn_and_unknown_ones_are_left_out() {
        var found =
                get("{'ResourceARNList': ['" + BUCKET + "', '" + OPSWORKS + "server/delta/1', 'arn:aws:s3:::other']}");

        assertThat(found.toString().replace('"', '\''))
                .isEqualTo(
                        "{'ResourceTagMappingList':[{'ResourceARN':'%sserver/delta/1','Tags':[]},{'ResourceARN':'%s',"
                                        .formatted(OPSWORKS, BUCKET)
                                + "'Tags':[{'Key':'Backup','Value':'nightly'}]}],'PaginationToken':''}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ResourcesPerPage': 0}",
                "{'ResourcesPerPage': 101}",
                "{'TagFilters': [{}]}",
                "{'TagFilters': [{'Key': ''}]}",
                "{'ResourceARNList': []}",
                "{'ResourceARNList': ['a'], 'TagFilters': []}",
                "{'ResourceARNList': ['a'], 'ResourcesPerPage': 10}"
            })
    void an_input_that_breaks_a_rule_is_an_invalid_parameter(String input) {
        refused(AwsErrorType.INVALID_PARAMETER, input);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        50  | {'Key': 'a'} | {'TagFilters': [ALL]}
        20  | 'v'          | {'TagFilters': [{'Key': 'a', 'Values': [ALL]}]}
        100 | 's3'         | {'ResourceTypeFilters': [ALL]}
        100 | 'a'          | {'ResourceARNList': [ALL]}
        """)
    void filters_are_limited_in_number(int most, String one, String input) {
        get(input.replace("ALL", String.join(",", Collections.nCopies(most, one))));
        refused(
                AwsErrorType.INVALID_PARAMETER,
                input.replace("ALL", String.join(",", Collections.nCopies(most + 1, one))));
    }

    @Test
    void pages_hold_everything_once_and_the_last_token_is_empty() {
        var names = new ArrayList<String>();
        var token = "";
        do {
            var page = get("{'ResourceTypeFilters': ['opsworks-cm:server'], 'ResourcesPerPage': 1,"
                    + " 'PaginationToken': '" + token + "'}");
            names.add(names(page));
            token = page.get("PaginationToken").textValue();
        } while (!token.isEmpty());

        assertThat(names).containsExactly("alpha", "bravo", "charlie", "delta");
    }

    @Test
    void a_resource_listed_twice_comes_twice_even_across_pages() {
        resources.add(resources.getFirst());
        var first = get("{'ResourceTypeFilters': ['opsworks-cm:server'], 'ResourcesPerPage': 1}");
        var second = next(first, "'ResourceTypeFilters': ['opsworks-cm:server'], 'ResourcesPerPage': 2");

        assertThat(names(first)).isEqualTo("alpha");
        assertThat(names(second)).isEqualTo("alpha bravo");
    }

    @Test
    void what_comes_and_goes_between_pages_moves_nothing_else() {
        var first = get("{'ResourceTypeFilters': ['opsworks-cm:server'], 'ResourcesPerPage': 2}");
        resources.removeFirst();
        resources.add(server("aardvark", Map.of()));

        assertThat(names(first)).isEqualTo("alpha bravo");
        assertThat(names(next(first, "'ResourceTypeFilters': ['opsworks-cm:server']")))
                .isEqualTo("charlie delta");
    }

    @Test
    void a_page_has_50_resources_unless_told_otherwise() {
        IntStream.range(0, 100).forEach(n -> resources.add(server("s" + n, Map.of())));

        assertThat(get("{}").get("ResourceTagMappingList")).hasSize(50);
        assertThat(get("{'ResourcesPerPage': 100}").get("ResourceTagMappingList"))
                .hasSize(100);
    }

    @Test
    void a_token_is_good_for_15_minutes_and_for_its_own_filters() {
        var token = get("{'ResourcesPerPage': 1}").get("PaginationToken").textValue();

        refused(
                AwsErrorType.PAGINATION_TOKEN_EXPIRED,
                "{'PaginationToken': '" + token + "', 'TagFilters': [{'Key': 'Backup'}]}");
        clock.move(Duration.ofMinutes(15));
        get("{'PaginationToken': '" + token + "'}");
        clock.move(Duration.ofSeconds(1));
        refused(AwsErrorType.PAGINATION_TOKEN_EXPIRED, "{'PaginationToken': '" + token + "'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!", "MSAxIDE", "OTk5OTk5OTk5OTk5IDEgMSBhcm4"})
    void a_foreign_token_is_expired(String token) {
        refused(AwsErrorType.PAGINATION_TOKEN_EXPIRED, "{'PaginationToken': '" + token + "'}");
    }
}
