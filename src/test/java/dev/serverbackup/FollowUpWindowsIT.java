package dev.serverbackup;

import static dev.serverbackup.FollowUpStage.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of what takes too long, on the local cloud: start window, visibility delay, completion window. */
class FollowUpWindowsIT {
    private static final CallPattern CREATE = CallPattern.of("CreateBackup");
    private static final CallPattern LOOK = CallPattern.of("DescribeBackups");
    private static final Duration START_WINDOW = Duration.ofMinutes(60);
    private static final Duration SETTLE_TIME = Duration.ofSeconds(45);
    private static final Duration COMPLETION_WINDOW = Duration.ofHours(24);
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private static void assertFailed(Entry entry, ErrorType type) {
        assertThat(entry.status()).isEqualTo(EntryStatus.FAILED);
        assertThat(entry.error().map(BackupError::type)).contains(type);
    }

    @Test
    void after_the_start_window_an_entry_fails_with_its_last_error() {
        try (var stage = new FollowUpStage(tagged("alpha").in(ServerStatus.UNDER_MAINTENANCE))) {
            stage.run();

            stage.passLater(START_WINDOW.minusSeconds(1));
            assertThat(stage.entry("alpha").status()).isEqualTo(EntryStatus.PENDING);
            stage.passLater(Duration.ofMinutes(16));

            assertFailed(stage.entry("alpha"), ErrorType.INVALID_STATE);
            assertThat(stage.cloud.aws().calls().matching(CREATE)).hasSize(2);
        }
    }

    @Test
    void an_entry_that_nobody_could_attempt_in_the_start_window_fails_with_that() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.run(Duration.ofSeconds(10));

            stage.passLater(START_WINDOW.plus(A_MOMENT));

            assertFailed(stage.entry("alpha"), ErrorType.START_WINDOW_EXCEEDED);
            assertThat(stage.cloud.aws().calls().matching(CREATE)).isEmpty();
        }
    }

    @Test
    void a_backup_that_is_not_shown_has_vanished_only_after_the_settle_time() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.cloud.aws().account().showBackupsAfter(Duration.ofDays(1));
            stage.run();

            stage.pass();
            assertThat(stage.entry("alpha").status()).isEqualTo(EntryStatus.STARTED);
            stage.passLater(SETTLE_TIME.plusSeconds(30));

            assertFailed(stage.entry("alpha"), ErrorType.BACKUP_VANISHED);
        }
    }

    @Test
    void a_backup_that_is_shown_late_has_not_vanished() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.cloud.aws().account().showBackupsAfter(Duration.ofSeconds(40));
            stage.run();

            stage.pass();
            stage.passesLater(1);

            assertThat(stage.entry("alpha").status()).isEqualTo(EntryStatus.SUCCEEDED);
        }
    }

    @Test
    void a_backup_that_somebody_deletes_has_vanished() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.run();
            stage.clock.move(Duration.ofSeconds(20));
            delete(stage);

            stage.pass();

            assertFailed(stage.entry("alpha"), ErrorType.BACKUP_VANISHED);
            assertThat(stage.entry("alpha").error().map(BackupError::message).orElseThrow())
                    .isEqualTo("the accepted backup is gone: it is being deleted");
        }
    }

    private static void delete(FollowUpStage stage) {
        var account = stage.cloud.aws().account();
        account.backups()
                .forEach(backup -> account.put(backup.goneAt(account.now().plusSeconds(5))));
    }

    @Test
    void a_backup_that_still_runs_after_the_completion_window_is_waited_for_no_longer() {
        try (var stage = new FollowUpStage(tagged("alpha").whoseBackupsTake(Duration.ofDays(3)))) {
            stage.run();

            stage.passLater(COMPLETION_WINDOW);
            assertThat(stage.entry("alpha").status()).isEqualTo(EntryStatus.STARTED);
            stage.passesLater(1);

            assertFailed(stage.entry("alpha"), ErrorType.COMPLETION_WINDOW_EXCEEDED);
            assertThat(stage.entry("alpha").error().map(BackupError::message).orElseThrow())
                    .isEqualTo(
                            "the backup did not end within the completion window, and may still do so; its last known"
                                    + " status is IN_PROGRESS");
        }
    }

    @Test
    void a_doubt_that_no_look_could_answer_in_the_completion_window_stays_one() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.cloud.aws().faults().next(1, CREATE, new Fault.LoseAnswer());
            stage.cloud.aws().faults().always(LOOK, Fault.unavailable());
            stage.run();

            stage.passLater(START_WINDOW.plus(A_MOMENT));
            assertThat(stage.entry("alpha").status()).isEqualTo(EntryStatus.CALLING);
            stage.passLater(COMPLETION_WINDOW);

            assertFailed(stage.entry("alpha"), ErrorType.NO_ANSWER);
            assertThat(stage.entry("alpha").isAfterDoubt()).isTrue();
            assertThat(stage.cloud.aws().calls().matching(CREATE)).hasSize(1);
        }
    }
}
