package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeBackupService.Fault;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the follow-up deals with a call whose effect is not known. */
class FollowUpDoubtTest {
    private final FollowUpHall hall = new FollowUpHall();

    @BeforeEach
    void lose_the_answer_to_the_call_for_alpha() {
        hall.open(ALPHA);
        hall.backups.misbehave(Fault.LOST_ANSWER);
        hall.pass();
        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.CALLING);
    }

    private void afterTheCompletionWindow() {
        hall.clock.move(FollowUpHall.TERMS.completionWindow().plusMinutes(5));
    }

    @Test
    void nothing_is_done_before_the_lease_is_over() {
        hall.passLater(FollowUpHall.TERMS.lease().minusMillis(1));

        assertThat(hall.backups.looks()).isZero();
    }

    @Test
    void after_the_completion_window_a_look_that_fails_ends_it_with_the_effect_unknown() {
        afterTheCompletionWindow();
        hall.backups.failLooks(1);

        hall.pass();

        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.FAILED);
        assertThat(hall.entry(ALPHA).error().map(BackupError::type)).contains(ErrorType.NO_ANSWER);
        assertThat(hall.entry(ALPHA).isAfterDoubt()).isTrue();
    }

    @Test
    void after_the_completion_window_a_look_that_had_no_turn_ends_nothing() {
        afterTheCompletionWindow();

        hall.pass(_ -> false, hall.repository);

        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.CALLING);
        hall.passLater(Duration.ofMinutes(5));
        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
    }
}
