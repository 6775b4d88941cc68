package dev.serverbackup.backup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {
    private static final Marker MARKER = new Marker(NIGHTLY, ALPHA.name(), TWO_O_CLOCK);

    private static boolean isOurs(Backup backup) {
        return !MARKER.allIn(List.of(backup)).isEmpty();
    }

    private static Backup createdAt(Duration sinceRun) {
        return backup(ALPHA).with(Backup.CREATED, TWO_O_CLOCK.plus(sinceRun).toString());
    }

    @Test
    void a_backup_with_the_runs_marker_is_ours_even_if_it_says_nothing_else() {
        assertThat(MARKER.allIn(List.of(backup(BRAVO), backup(ALPHA)))).containsExactly(backup(ALPHA));
        assertThat(isOurs(backup(ALPHA).with(Backup.DESCRIPTION, BackupRequest.marker(NIGHTLY))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before release [run nightly] ",
                "before release [run nightly].",
                "[run nightly] copied [run other]",
                "before release [run nightly-2]",
                "before release [run Nightly]",
                "before release[run nightly]",
                ""
            })
    void a_marker_anywhere_else_or_of_another_run_is_not_ours(String description) {
        assertThat(isOurs(backup(ALPHA).with(Backup.DESCRIPTION, description))).isFalse();
    }

    @Test
    void a_run_whose_id_is_the_end_of_anothers_does_not_take_its_backups() {
        Marker shorter = new Marker(new RunId("ly"), ALPHA.name(), TWO_O_CLOCK);

        assertThat(shorter.allIn(List.of(backup(ALPHA)))).isEmpty();
    }

    @Test
    void an_automated_backup_is_not_ours() {
        assertThat(isOurs(backup(ALPHA).with(Backup.TYPE, "AUTOMATED"))).isFalse();
    }

    @Test
    void a_backup_from_more_than_a_day_before_the_run_is_not_ours() {
        assertThat(isOurs(createdAt(Duration.ofDays(-1)))).isTrue();
        assertThat(isOurs(createdAt(Duration.ofDays(-1).minusMillis(1)))).isFalse();
        assertThat(isOurs(createdAt(Duration.ofDays(3)))).isTrue();
    }

    @Test
    void of_several_the_newest_comes_first() {
        Backup older = createdAt(Duration.ofSeconds(1));
        Backup newer = createdAt(Duration.ofSeconds(2));

        assertThat(MARKER.allIn(List.of(older, newer))).containsExactly(newer, older);
    }
}
