package dev.serverbackup.local.tagging;

import static dev.serverbackup.local.tagging.TaggingUnderTest.BUCKET;
import static dev.serverbackup.local.tagging.TaggingUnderTest.OPSWORKS;
import static dev.serverbackup.local.tagging.TaggingUnderTest.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.http.AwsErrorType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GetResources finds. */
class TaggingTest {

    private final TaggingUnderTest tagging = new TaggingUnderTest();

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
        var found = tagging.get("{'ResourceTypeFilters': ['opsworks-cm:server'], 'TagFilters': " + filters + "}");

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
        assertThat(tagging.get("{'ResourceTypeFilters': " + types + "}").get("ResourceTagMappingList"))
                .hasSize(count);
    }

    @Test
    void a_resource_that_lost_its_tags_comes_with_an_empty_list() {
        var delta = tagging.get("{'ResourceARNList': ['" + OPSWORKS + "server/delta/1']}")
                .at("/ResourceTagMappingList/0");

        assertThat(delta.get("Tags")).isEmpty();
        assertThat(delta.get("Tags").isArray()).isTrue();
    }

    @Test
    void resources_can_be_asked_for_by_arn_and_unknown_ones_are_left_out() {
        var found = tagging.get("{'ResourceARNList': ['" + BUCKET + "', 'arn:aws:s3:::other']}");

        assertThat(found.get("ResourceTagMappingList")).hasSize(1);
        assertThat(found.at("/ResourceTagMappingList/0/Tags/0").toString())
                .isEqualTo("{\"Key\":\"Backup\",\"Value\":\"nightly\"}");
        assertThat(found.get("PaginationToken").textValue()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ResourcesPerPage': 0}",
                "{'ResourcesPerPage': 101}",
                "{'TagsPerPage': 99}",
                "{'TagFilters': [{}]}",
                "{'TagFilters': [{'Key': ''}]}",
                "{'ResourceARNList': []}",
                "{'ResourceARNList': ['a'], 'TagFilters': []}",
                "{'ResourceARNList': ['a'], 'ResourcesPerPage': 10}",
                "{'ExcludeCompliantResources': true}"
            })
    void an_input_that_breaks_a_rule_is_an_invalid_parameter(String input) {
        tagging.refused(AwsErrorType.INVALID_PARAMETER, input);
    }

    @Test
    void filters_are_limited_in_number() {
        tagging.get("{'TagFilters': " + times(50, "{'Key': 'a'}") + "}");
        tagging.refused(AwsErrorType.INVALID_PARAMETER, "{'TagFilters': " + times(51, "{'Key': 'a'}") + "}");
        tagging.get("{'TagFilters': [{'Key': 'a', 'Values': " + times(20, "'v'") + "}]}");
        tagging.refused(
                AwsErrorType.INVALID_PARAMETER, "{'TagFilters': [{'Key': 'a', 'Values': " + times(21, "'v'") + "}]}");
        tagging.refused(AwsErrorType.INVALID_PARAMETER, "{'ResourceTypeFilters': " + times(101, "'s3'") + "}");
        tagging.refused(AwsErrorType.INVALID_PARAMETER, "{'ResourceARNList': " + times(101, "'a'") + "}");
    }

    private static String times(int count, String element) {
        return IntStream.range(0, count).mapToObj(n -> element).collect(Collectors.joining(",", "[", "]"));
    }
}
