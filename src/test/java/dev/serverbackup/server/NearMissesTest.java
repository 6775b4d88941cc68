package dev.serverbackup.server;

import static dev.serverbackup.server.SampleFleet.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.request.SafeText;
import dev.serverbackup.request.SelectorReader;
import dev.serverbackup.request.TagSelector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags that are probably mistyped: a dry run names their servers. */
class NearMissesTest {
    private static final TagSelector NIGHTLY = selector("{\"tags\": {\"Backup\": [\"nightly\"]}}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup",
                "Backup ",
                "BACKUP",
                "Back-up",
                "back_up",
                "B\u0430ckup", // a Cyrillic letter that looks like a
                "\u0412ackup", // one that looks like B
                "Bac\u03BAup", // a Greek one that looks like k
                "\uFF22ackup", // a full-width B
                "Ba\u0301ckup",
                "Back\u200Bup",
            })
    void a_server_is_named_whose_tag_key_looks_like_one_that_is_asked_for(String key) {
        assertThat(nearMisses(NIGHTLY, Map.of(key, "nightly"))).singleElement().satisfies(near -> {
            assertThat(near.name()).isEqualTo(ALPHA);
            assertThat(near.reason())
                    .isEqualTo("not selected: its tag key " + SafeText.quoted(key) + " looks like \"Backup\"");
        });
    }

    @Test
    void a_server_is_named_whose_value_looks_like_one_that_is_asked_for() {
        assertThat(nearMisses(NIGHTLY, Map.of("Backup", "Nightly ")))
                .containsExactly(new NearMiss(
                        ALPHA, "not selected: the value \"Nightly \" of its tag \"Backup\" looks like \"nightly\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"backuphold", "BackupHold ", "Backup Hold", "B\u0430ckupHold"})
    void a_target_is_named_whose_tag_looks_like_the_hold(String key) {
        assertThat(nearMisses(NIGHTLY.respectingHolds(), Map.of("Backup", "nightly", key, "")))
                .extracting(NearMiss::reason)
                .containsExactly("not excluded: its tag key " + SafeText.quoted(key) + " looks like \"BackupHold\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Backups", "Backp", "B", "Environment", ""})
    void another_word_is_none(String key) {
        assertThat(nearMisses(NIGHTLY, Map.of(key, "nightly"))).isEmpty();
    }

    @Test
    void a_server_that_another_condition_passes_over_too_is_none() {
        TagSelector production = selector("{\"tags\": {\"Backup\": [], \"Environment\": [\"prod\"]}}");

        assertThat(nearMisses(production, Map.of("backup", "", "Environment", "test")))
                .isEmpty();
        assertThat(nearMisses(production, Map.of("backup", "", "Environment", "prod")))
                .hasSize(1);
    }

    @Test
    void a_target_is_none_and_so_is_a_server_that_is_excluded() {
        assertThat(nearMisses(NIGHTLY, Map.of("Backup", "nightly", "backup", "nightly")))
                .isEmpty();
        assertThat(nearMisses(NIGHTLY.respectingHolds(), SampleFleet.HELD)).isEmpty();
    }

    @Test
    void only_the_named_servers_are_looked_at() {
        TagSelector bravo = selector("{\"serverNames\": [\"bravo\"], \"tags\": {\"Backup\": []}}");

        assertThat(nearMisses(bravo, Map.of("backup", "nightly"))).isEmpty();
    }

    private static List<NearMiss> nearMisses(TagSelector selector, Map<String, String> tagsOfAlpha) {
        return TargetSelection.preview(ServerKind.OPSWORKS_CM, selector, List.of(server("alpha", tagsOfAlpha)))
                .nearMisses();
    }

    private static TagSelector selector(String json) {
        return SelectorReader.fromJson(json);
    }
}
