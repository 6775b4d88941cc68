package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties of a detail, its selector apart: what they may be, and how anything else is refused. */
class DetailTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "requestId": 4711            | requestId: is 4711, but must be a string
        "requestId": null            | requestId: is null, but must have a value or be left out
        "requestId": ""              | requestId: is empty, but must be a string of at least one character
        "requestId": ["a"]           | requestId: is ["a"], but must be a string
        "selector": null             | selector: is null, but must have a value or be left out
        "selector": "all"            | selector: is "all", but must be an object
        "selector": [{"all": true}]  | selector: is [{"all":true}], but must be an object
        "description": null          | description: is null, but must have a value or be left out
        "description": 1.5           | description: is 1.5, but must be a string
        "description": ""            | description: is empty, but must be a string of at least one character
        "dryRun": "true"             | dryRun: is "true", but must be true or false, without quotes
        "dryRun": 1                  | dryRun: is 1, but must be true or false, without quotes
        "dryRun": null               | dryRun: is null, but must have a value or be left out
        "ignoreHold": "true"         | ignoreHold: is "true", but must be true or false, without quotes
        "maxTargets": null           | maxTargets: is null, but must have a value or be left out
        "plan": "9f2c"               | plan: is "9f2c", but must be the `plan` of a dry run's report, 64 of 0-9 a-f
        "plan": "../../etc"          | plan: is "../../etc", but must be the `plan` of a dry run's report, 64 of 0-9 a-f
        """)
    void a_wrong_value_is_refused_and_named(String property, String message) {
        assertRefused(detailWith(property), "detail." + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "50"                             | "50"
        true                             | true
        0                                | 0
        -1                               | -1
        4001                             | 4001
        4294967297                       | 4294967297
        1.0                              | 1.0
        1.5                              | 1.5
        1e2                              | 100.0
        1e400                            | "Infinity"
        -1e400                           | "-Infinity"
        99999999999999999999999999999999 | 99999999999999999999999999999999
        """)
    void what_is_no_number_of_targets_is_refused(String number, String shown) {
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

    /** Two stacks of one account share the bus, and a direct invocation may reach the wrong one. */
    @Test
    void a_request_for_another_stack_is_refused() {
        assertRefused(
                detailWith("\"stack\": \"server-backup-test\""),
                "detail.stack: is \"server-backup-test\", but this is the stack \"server-backup\"; send the request to"
                        + " that stack, or leave `stack` out");
    }

    private static String detailWith(String property) {
        String selector = property.startsWith("\"selector\"") ? "" : ", \"selector\": {\"all\": true}";
        return "{" + property + selector + "}";
    }

    private static void assertRefused(String detail, String message) {
        SampleEvents.assertRefused(decoded(onTheBus(detail)), message);
    }
}
