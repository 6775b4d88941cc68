package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.fromTheSchedule;
import static dev.serverbackup.request.SampleEvents.read;
import static dev.serverbackup.request.SampleEvents.readDetail;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

        assertThat(readDetail(one).asked()).isEqualTo(readDetail(other).asked()).isEqualTo("""
            {"description":"d","dryRun":true,"maxTargets":50,"selector":{"excludeTags":{"H":["x","y"]},\
            "serverNames":["alpha","bravo"],"tags":{"A":[],"B":["1","2"]}}}\
            """);
        assertThat(readDetail(one).hash()).isEqualTo(readDetail(other).hash());
    }

    @Test
    void what_was_not_said_is_not_in_it() {
        assertThat(readDetail("{\"selector\": {\"all\": true}}").asked()).isEqualTo("{\"selector\":{\"all\":true}}");
    }

    @Test
    void the_default_selector_was_not_said() {
        assertThat(read(fromTheSchedule()).asked()).isEqualTo("{}");
    }

    @Test
    void a_changed_default_is_not_another_request() {
        EventReader changed = new EventReader(SelectorReader.fromJson("{\"all\": true}"), 7, "server-backup");

        assertThat(changed.read(fromTheSchedule(), "id").hash())
                .isEqualTo(read(fromTheSchedule()).hash());
    }

    @Test
    void the_request_id_names_the_run_and_is_no_part_of_what_is_asked() {
        assertThat(readDetail("{\"requestId\": \"a\", \"selector\": {\"all\": true}}")
                        .asked())
                .isEqualTo(readDetail("{\"requestId\": \"b\", \"selector\": {\"all\": true}}")
                        .asked());
    }

    @Test
    void a_default_that_is_said_counts_only_where_it_could_change() {
        String said = "{\"selector\": {\"all\": true}, \"dryRun\": false, \"maxTargets\": 1000}";

        assertThat(readDetail(said).asked()).isEqualTo("{\"maxTargets\":1000,\"selector\":{\"all\":true}}");
    }

    @Test
    void another_description_is_another_request() {
        assertThat(readDetail("{\"selector\": {\"all\": true}, \"description\": \"a\"}")
                        .hash())
                .isNotEqualTo(readDetail("{\"selector\": {\"all\": true}, \"description\": \"a \"}")
                        .hash());
    }

    @Test
    void only_what_json_must_escape_is_escaped() {
        String description = "\\u0000\\u001f\\n\\u007f/\\\"\\\\ \\u2028 ä 🚀";

        assertThat(readDetail("{\"selector\": {\"all\": true}, \"description\": \"" + description + "\"}")
                        .asked())
                .isEqualTo("{\"description\":\"\\u0000\\u001F\\n"
                        + "\u007F/\\\"\\\\ \u2028 ä 🚀\",\"selector\":{\"all\":true}}");
    }

    @Test
    void its_hash_is_the_sha_256_of_its_utf_8() {
        assertThat(read(fromTheSchedule()).hash())
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }
}
