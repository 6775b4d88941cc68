package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.readDetail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties of a detail, its selector apart: what they may be, and how anything else is refused. */
class DetailTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "requestId": 4711            | detail.requestId: is 4711, but must be a string
        "requestId": null            | detail.requestId: is null, but must have a value or be left out
        "requestId": ""              | detail.requestId: is empty, but must be a string of at least one character
        "requestId": ["a"]           | detail.requestId: is ["a"], but must be a string
        "selector": null             | detail.selector: is null, but must have a value or be left out
        "selector": "all"            | detail.selector: is "all", but must be an object
        "selector": [{"all": true}]  | detail.selector: is [{"all":true}], but must be an object
        "description": null          | detail.description: is null, but must have a value or be left out
        "description": 1.5           | detail.description: is 1.5, but must be a string
        "description": ""            | detail.description: is empty, but must be a string of at least one character
        "dryRun": "true"             | detail.dryRun: is "true", but must be true or false, without quotes
        "dryRun": 1                  | detail.dryRun: is 1, but must be true or false, without quotes
        "dryRun": null               | detail.dryRun: is null, but must have a value or be left out
        "maxTargets": "50"           | detail.maxTargets: is "50", but must be an integer from 1 to 4000
        "maxTargets": true           | detail.maxTargets: is true, but must be an integer from 1 to 4000
        "maxTargets": null           | detail.maxTargets: is null, but must have a value or be left out
        "maxTargets": 0              | detail.maxTargets: is 0, but must be an integer from 1 to 4000
        "maxTargets": 4001           | detail.maxTargets: is 4001, but must be an integer from 1 to 4000
        "maxTargets": -1             | detail.maxTargets: is -1, but must be an integer from 1 to 4000
        "maxTargets": 4294967297     | detail.maxTargets: is 4294967297, but must be an integer from 1 to 4000
        """)
    void a_wrong_value_is_refused_and_named(String property, String message) {
        assertRefused(detailWith(property), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        1.0                              | 1.0
        1.5                              | 1.5
        1e2                              | 100.0
        1e400                            | "Infinity"
        -1e400                           | "-Infinity"
        99999999999999999999999999999999 | 99999999999999999999999999999999
        """)
    void a_number_that_is_no_integer_is_refused(String number, String shown) {
        assertRefused(
                detailWith("\"maxTargets\": " + number),
                "detail.maxTargets: is " + shown + ", but must be an integer from 1 to 4000");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4_000})
    void max_targets_may_be_at_its_limits(int maxTargets) {
        assertThat(readDetail(detailWith("\"maxTargets\": " + maxTargets)).maxTargets())
                .isEqualTo(maxTargets);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "dry_run": true     | detail.dry_run: is unknown; did you mean `dryRun`?
        "dryrun": true      | detail.dryrun: is unknown; did you mean `dryRun`?
        "selectors": {}     | detail.selectors: is unknown; did you mean `selector`?
        "requestID": "a"    | detail.requestID: is unknown; did you mean `requestId`?
        "tags": {}          | detail.tags: is unknown;
        "": 1               | detail[""]: is unknown;
        "a\\nb": 1          | detail["a\\u000Ab"]: is unknown;
        """)
    void an_unknown_property_is_refused_not_ignored(String property, String message) {
        assertRefused(
                detailWith(property),
                message + " allowed are description, dryRun, ignoreHold, maxTargets, plan, requestId,"
                        + " selector, stack");
    }

    @Test
    void a_request_has_a_selector() {
        assertRefused("{\"requestId\": \"a\"}", "detail.selector: is missing, but must be an object");
    }

    private static String detailWith(String property) {
        String selector = property.startsWith("\"selector\"") ? "" : ", \"selector\": {\"all\": true}";
        return "{" + property + selector + "}";
    }

    private static void assertRefused(String detail, String message) {
        assertThatThrownBy(() -> readDetail(detail))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getMessage())
                                .startsWith(refused.property() + ": ")
                                .isEqualTo(message));
    }
}
