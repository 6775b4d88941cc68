package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was asked, in its one form. A stored hash depends on it: these texts never change. */
class CanonicalTextTest {
    @Test
    void the_order_of_keys_and_values_does_not_matter() {
        String one = """
            {"requestId": "a", "description": "d", "dryRun": true, "maxTargets": 50,
             "selector": {"tags": {"B": ["2", "1"], "A": []}, "excludeTags": {"H": ["y", "x"]},
                          "serverNames": ["bravo", "alpha"]}}\
            """;
        String other = """
            {"selector": {"serverNames": ["alpha", "bravo"], "excludeTags": {"H": ["x", "y"]},
                          "tags": {"A": [], "B": ["1", "2"]}, "all": false},
             "maxTargets": 50, "dryRun": true, "description": "d", "requestId": "a"}\
            """;

        assertThat(readDetail(one).canonicalRequest())
                .isEqualTo(readDetail(other).canonicalRequest())
                .isEqualTo("""
                    {"description":"d","dryRun":true,"maxTargets":50,"selector":{"excludeTags":{"H":["x","y"]},\
                    "serverNames":["alpha","bravo"],"tags":{"A":[],"B":["1","2"]}}}\
                    """);
        assertThat(readDetail(one).hash()).isEqualTo(readDetail(other).hash());
    }

    /** Neither a flag that is false nor what only says where to, or under which name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "selector": {"all": true}                         | "selector":{"all":true}
        "selector": {"all": true}, "requestId": "a"       | "selector":{"all":true}
        "selector": {"all": true}, "stack": "server-backup" | "selector":{"all":true}
        "selector": {"all": true}, "dryRun": false        | "selector":{"all":true}
        "selector": {"all": true}, "ignoreHold": false    | "selector":{"all":true}
        "selector": {"all": true}, "ignoreHold": true     | "ignoreHold":true,"selector":{"all":true}
        "selector": {"all": true}, "maxTargets": 1000     | "maxTargets":1000,"selector":{"all":true}
        "selector": {"all": true}, "description": "a "    | "description":"a ","selector":{"all":true}
        """)
    void what_was_not_said_is_not_in_it(String detail, String asked) {
        assertThat(readDetail("{" + detail + "}").canonicalRequest()).isEqualTo("{" + asked + "}");
    }

    @Test
    void the_default_selector_was_not_said_so_that_a_changed_one_is_not_another_request() {
        EventReader changed = new EventReader(SelectorReader.fromJson("{\"all\": true}"), 7, "server-backup");

        assertThat(read(fromTheSchedule()).canonicalRequest()).isEqualTo("{}");
        assertThat(changed.read(fromTheSchedule(), "id").canonicalRequest()).isEqualTo("{}");
    }

    @Test
    void only_what_json_must_escape_is_escaped() {
        String description = "\\u0000\\u001f\\n\\u007f/\\\"\\\\ \\u2028 ä 🚀";

        assertThat(readDetail("{\"selector\": {\"all\": true}, \"description\": \"" + description + "\"}")
                        .canonicalRequest())
                .isEqualTo("{\"description\":\"\\u0000\\u001F\\n"
                        + "\u007F/\\\"\\\\ \u2028 ä 🚀\",\"selector\":{\"all\":true}}");
    }

    @Test
    void its_hash_is_the_sha_256_of_its_utf_8() {
        assertThat(read(fromTheSchedule()).hash())
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }
}
