package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.NIGHTLY;
import static dev.serverbackup.request.SampleEvents.fromTheSchedule;
import static dev.serverbackup.request.SampleEvents.read;
import static dev.serverbackup.request.SampleEvents.readDetail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hold is universal: a server with the hold tag is excluded from every request that does not ignore holds. */
class HoldTest {
    private static final Map<String, String> HELD = Map.of("Backup", "nightly", "BackupHold", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"all\": true}",
                "{\"serverNames\": [\"alpha\"]}",
                "{\"tags\": {\"Backup\": []}}",
                "{\"tags\": {\"Backup\": []}, \"excludeTags\": {\"Freeze\": []}}",
                "{\"tags\": {\"Backup\": []}, \"excludeTags\": {\"BackupHold\": [\"audit\"]}}"
            })
    void every_request_excludes_what_is_held(String selector) {
        assertThat(asking(selector, "").selector().excludedBy(HELD)).contains("BackupHold");
    }

    @Test
    void so_does_the_default() {
        assertThat(read(fromTheSchedule()).selector()).isEqualTo(NIGHTLY.respectingHolds());
    }

    @Test
    void what_the_request_excludes_itself_is_excluded_too() {
        BackupRequest request = asking("{\"all\": true, \"excludeTags\": {\"Freeze\": []}}", "");

        assertThat(request.selector().excludedBy(Map.of("Freeze", "yes"))).contains("Freeze");
    }

    @Test
    void a_request_may_ignore_holds() {
        BackupRequest request = asking("{\"serverNames\": [\"alpha\"]}", ", \"ignoreHold\": true");

        assertThat(request.selector().excludedBy(HELD)).isEmpty();
    }

    @Test
    void a_hold_that_the_request_excludes_by_itself_stays_excluded() {
        BackupRequest request =
                asking("{\"all\": true, \"excludeTags\": {\"BackupHold\": []}}", ", \"ignoreHold\": true");

        assertThat(request.selector().excludedBy(HELD)).contains("BackupHold");
    }

    @Test
    void to_ignore_holds_is_another_request() {
        assertThat(asking("{\"all\": true}", ", \"ignoreHold\": true").asked())
                .isEqualTo("{\"ignoreHold\":true,\"selector\":{\"all\":true}}");
        assertThat(asking("{\"all\": true}", ", \"ignoreHold\": false").asked())
                .isEqualTo("{\"selector\":{\"all\":true}}");
    }

    @Test
    void it_is_true_or_false() {
        assertThatThrownBy(() -> asking("{\"all\": true}", ", \"ignoreHold\": \"true\""))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail.ignoreHold: is \"true\", but must be true or false, without quotes");
    }

    private static BackupRequest asking(String selector, String further) {
        return readDetail("{\"selector\": " + selector + further + "}");
    }
}
