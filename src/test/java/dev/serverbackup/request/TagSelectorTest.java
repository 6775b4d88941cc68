package dev.serverbackup.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TagSelectorTest {
    private static final ServerName ALPHA = new ServerName("alpha");
    private static final ServerName BRAVO = new ServerName("bravo");

    @Test
    void every_key_must_match() {
        TagSelector selector = selector("{\"tags\": {\"Backup\": [\"nightly\"], \"Environment\": [\"prod\"]}}");

        assertThat(selector.selects(ALPHA, Map.of("Backup", "nightly", "Environment", "prod")))
                .isTrue();
        assertThat(selector.selects(ALPHA, Map.of("Backup", "nightly"))).isFalse();
        assertThat(selector.selects(ALPHA, Map.of("Backup", "nightly", "Environment", "test")))
                .isFalse();
    }

    @Test
    void any_value_of_a_key_will_do() {
        TagSelector selector = selector("{\"tags\": {\"Backup\": [\"nightly\", \"hourly\"]}}");

        assertThat(selector.selects(ALPHA, Map.of("Backup", "hourly"))).isTrue();
        assertThat(selector.selects(ALPHA, Map.of("Backup", "weekly"))).isFalse();
    }

    @Test
    void no_value_means_any_even_an_empty_one() {
        TagSelector selector = selector("{\"tags\": {\"Backup\": []}}");

        assertThat(selector.selects(ALPHA, Map.of("Backup", ""))).isTrue();
        assertThat(selector.selects(ALPHA, Map.of("Other", "x"))).isFalse();
    }

    @Test
    void upper_and_lower_case_differ() {
        TagSelector selector = selector("{\"tags\": {\"Backup\": [\"nightly\"]}}");

        assertThat(selector.selects(ALPHA, Map.of("backup", "nightly"))).isFalse();
        assertThat(selector.selects(ALPHA, Map.of("Backup", "Nightly"))).isFalse();
    }

    @Test
    void a_name_and_the_tags_must_both_hold() {
        TagSelector selector = selector("{\"tags\": {\"Backup\": []}, \"serverNames\": [\"alpha\"]}");

        assertThat(selector.selects(ALPHA, Map.of("Backup", "x"))).isTrue();
        assertThat(selector.selects(BRAVO, Map.of("Backup", "x"))).isFalse();
        assertThat(selector.selects(ALPHA, Map.of())).isFalse();
        assertThat(selector.takesNamesAsTheyStand()).isFalse();
    }

    @Test
    void names_alone_ask_for_no_tags() {
        TagSelector selector = selector("{\"serverNames\": [\"alpha\"]}");

        assertThat(selector.takesNamesAsTheyStand()).isTrue();
        assertThat(selector.selects(ALPHA, Map.of())).isTrue();
    }

    @Test
    void a_hold_is_added_to_what_is_excluded_whatever_its_value() {
        TagSelector selector =
                selector("{\"all\": true, \"excludeTags\": {\"Freeze\": [\"now\"], \"BackupHold\": [\"x\"]}}");

        assertThat(selector.respectingHolds())
                .isEqualTo(selector("{\"all\": true, \"excludeTags\": {\"Freeze\": [\"now\"], \"BackupHold\": []}}"));
    }

    @Test
    void all_means_every_tagged_server() {
        TagSelector selector = selector("{\"all\": true}");

        assertThat(selector.selects(ALPHA, Map.of("any", "tag"))).isTrue();
        assertThat(selector.selects(ALPHA, Map.of())).isFalse();
    }

    @Test
    void the_first_excluding_key_in_order_is_told() {
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
