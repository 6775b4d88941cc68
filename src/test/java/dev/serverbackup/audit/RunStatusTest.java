package dev.serverbackup.audit;

import static dev.serverbackup.audit.EntryStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStatusTest {
    @Test
    void a_run_without_entries_had_no_targets() {
        assertThat(RunStatus.of(List.of())).isEqualTo(RunStatus.NO_TARGETS);
    }

    @ParameterizedTest
    @EnumSource(
            value = EntryStatus.class,
            names = {"PENDING", "CALLING", "STARTED"})
    void a_run_with_an_entry_that_is_not_final_is_running(EntryStatus open) {
        assertThat(RunStatus.of(List.of(SUCCEEDED, open, FAILED))).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void a_run_ends_as_its_entries_did() {
        assertThat(RunStatus.of(List.of(SUCCEEDED, SUCCEEDED))).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(RunStatus.of(List.of(FAILED, FAILED))).isEqualTo(RunStatus.FAILED);
        assertThat(RunStatus.of(List.of(FAILED, SUCCEEDED))).isEqualTo(RunStatus.PARTIALLY_FAILED);
    }
}
