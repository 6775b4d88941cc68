package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.readDetail;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hold is universal: a server with the hold tag is excluded from every request that does not ignore holds. */
class HoldTest {
    private static final Map<String, String> HELD = Map.of("Backup", "nightly", "BackupHold", "", "Team", "chef");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        false | BackupHold | {"all": true}
        false | BackupHold | {"serverNames": ["alpha"]}
        false | BackupHold | {"tags": {"Backup": []}, "excludeTags": {"Freeze": []}}
        false | BackupHold | {"tags": {"Backup": []}, "excludeTags": {"BackupHold": ["audit"]}}
        false | BackupHold | {"all": true, "excludeTags": {"Team": []}}
        true  |            | {"serverNames": ["alpha"]}
        true  |            | {"tags": {"Backup": []}, "excludeTags": {"BackupHold": ["audit"]}}
        true  | Team       | {"all": true, "excludeTags": {"Team": []}}
        true  | BackupHold | {"all": true, "excludeTags": {"BackupHold": []}}
        """)
    void what_is_held_is_excluded_unless_the_request_ignores_holds(boolean ignored, String by, String selector) {
        BackupRequest request = readDetail("{\"selector\": " + selector + ", \"ignoreHold\": " + ignored + "}");

        assertThat(request.selector().excludedBy(HELD)).isEqualTo(Optional.ofNullable(by));
    }
}
