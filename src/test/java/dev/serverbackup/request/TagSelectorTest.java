package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.readDetail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagSelectorTest {
    private static final ServerName ALPHA = new ServerName("alpha");
    private static final Map<String, String> HELD = Map.of("Backup", "nightly", "BackupHold", "", "Team", "chef");

    /** Every key must match, by any of its values, or by any at all if it has none; and so must a name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"tags": {"Backup": ["nightly"], "Stage": ["prod"]}}   | Backup=nightly Stage=prod | true
        {"tags": {"Backup": ["nightly"], "Stage": ["prod"]}}   | Backup=nightly            | false
        {"tags": {"Backup": ["nightly"], "Stage": ["prod"]}}   | Backup=nightly Stage=test | false
        {"tags": {"Backup": ["nightly", "hourly"]}}            | Backup=hourly             | true
        {"tags": {"Backup": ["nightly", "hourly"]}}            | Backup=weekly             | false
        {"tags": {"Backup": []}}                               | Backup=                   | true
        {"tags": {"Backup": []}}                               | Other=x                   | false
        {"tags": {"Backup": ["nightly"]}}                      | backup=nightly            | false
        {"tags": {"Backup": ["nightly"]}}                      | Backup=Nightly            | false
        {"tags": {"Backup": []}, "serverNames": ["alpha"]}     | Backup=x                  | true
        {"tags": {"Backup": []}, "serverNames": ["alpha"]}     | Other=x                   | false
        {"tags": {"Backup": []}, "serverNames": ["bravo"]}     | Backup=x                  | false
        {"serverNames": ["alpha"]}                             | ``                        | true
        {"all": true}                                          | any=tag                   | true
        {"all": true}                                          | ``                        | false
        """)
    void alpha_is_selected_by_all_that_is_said(String selector, String tags, boolean selected) {
        Map<String, String> tagsOfAlpha = new HashMap<>();
        for (String tag : tags.split(" ", -1)) {
            if (!tag.isEmpty()) {
                tagsOfAlpha.put(tag.substring(0, tag.indexOf('=')), tag.substring(tag.indexOf('=') + 1));
            }
        }

        assertThat(selector(selector).selects(ALPHA, tagsOfAlpha)).isEqualTo(selected);
    }

    @Test
    void only_names_alone_are_taken_as_they_stand() {
        assertThat(selector("{\"serverNames\": [\"alpha\"]}").acceptsUnlistedNames())
                .isTrue();
        assertThat(selector("{\"tags\": {\"Backup\": []}, \"serverNames\": [\"alpha\"]}")
                        .acceptsUnlistedNames())
                .isFalse();
    }

    /** A hold is universal: a server with the hold tag is excluded from every request that does not ignore holds. */
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

    @Test
    void a_hold_is_added_to_what_is_excluded_whatever_its_value() {
        TagSelector selector =
                selector("{\"all\": true, \"excludeTags\": {\"Freeze\": [\"now\"], \"BackupHold\": [\"x\"]}}");

        assertThat(selector.respectingHolds())
                .isEqualTo(selector("{\"all\": true, \"excludeTags\": {\"Freeze\": [\"now\"], \"BackupHold\": []}}"));
    }

    @Test
    void the_first_excluding_key_in_order_is_reported() {
        TagSelector selector = selector("{\"all\": true, \"excludeTags\": {\"Z\": [], \"A\": [\"x\", \"y\"]}}");

        assertThat(selector.excludedBy(Map.of("Z", "1", "A", "y"))).contains("A");
        assertThat(selector.excludedBy(Map.of("Z", "1", "A", "other"))).contains("Z");
        assertThat(selector.excludedBy(Map.of("B", "1"))).isEmpty();
    }

    @Test
    void it_says_something_and_does_not_contradict_itself() {
        var none = new TreeMap<String, SortedSet<String>>();
        var names = new TreeSet<>(Set.of(ALPHA));

        assertThatIllegalArgumentException().isThrownBy(() -> new TagSelector(none, none, new TreeSet<>(), false));
        assertThatIllegalArgumentException().isThrownBy(() -> new TagSelector(none, none, names, true));
    }

    @Test
    void it_can_not_be_changed() {
        TagSelector selector = selector("{\"tags\": {\"Backup\": [\"nightly\"]}}");

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> selector.tags().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> selector.tags().get("Backup").add("x"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> selector.serverNames().add(ALPHA));
    }

    private static TagSelector selector(String json) {
        return SelectorReader.fromJson(json);
    }
}
