package dev.serverbackup.followup;

import static dev.serverbackup.InMemoryApplication.TIMEOUTS;
import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final InMemoryApplication app = InMemoryApplication.over();
    private Entry started;

    @BeforeEach
    void start_alpha() {
        app.open(ALPHA);
        app.pass();
        started = app.entry(ALPHA);
    }

    private Entry follow() {
        Entry standing = new Completion(app.dependencies(), app.repository, app.rateLimiter(), app.deadline(A_MINUTE))
                .follow(started);
        assertThat(app.entry(ALPHA)).isEqualTo(standing);
        return standing;
    }

    /** The document found the server busy when its command came to it. */
    private void refuseAfterwards() {
        app.service.servers().refuseAfterwards(ALPHA.name(), "another backup runs on this server");
    }

    @Test
    void a_backup_that_was_accepted_and_then_refused_is_attempted_again() {
        refuseAfterwards();

        Entry again = follow();

        assertThat(again.status()).isEqualTo(EntryStatus.PENDING);
        assertThat(again.backup()).isEmpty();
        assertThat(again.startedAt()).isEmpty();
        assertThat(again.attemptId()).isEqualTo(started.attemptId());
        assertThat(again.error())
                .contains(BackupError.known(
                        ErrorType.INVALID_STATE,
                        "%s did nothing: another backup runs on this server".formatted(backup().id())));
        assertIsDueSoon(again);
    }

    @Test
    void an_attempt_after_a_late_refusal_does_not_come_after_the_start_window() {
        Duration untilEnd = Duration.ofSeconds(1);
        app.later(TIMEOUTS.startWindow().minus(untilEnd));
        refuseAfterwards();

        assertThat(follow().nextActionAt()).isEqualTo(app.now().plus(untilEnd));
    }

    @Test
    void a_late_refusal_after_the_start_window_is_final() {
        app.later(TIMEOUTS.startWindow().plusMillis(1));
        refuseAfterwards();

        Entry failed = follow();

        assertFailed(
                failed,
                ErrorType.INVALID_STATE,
                "alpha-1 did nothing: another backup runs on this server; not tried again: the start window closed");
        assertThat(failed.isAfterDoubt()).isFalse();
    }

    @Test
    void a_failure_that_does_not_say_whether_there_is_a_backup_has_an_unknown_effect() {
        app.service.servers().failWithUnknownEffect(ALPHA.name(), "DeliveryTimedOut");

        Entry failed = follow();

        assertThat(failed.status()).isEqualTo(EntryStatus.FAILED);
        assertThat(failed.error().map(BackupError::type)).contains(new ErrorType("DeliveryTimedOut"));
        assertThat(failed.isAfterDoubt()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "BackupFailed, no space left, FAILED, no space left",
        "BackupFailed, '', FAILED, the service gives no reason",
        "BackupVanished, being deleted, DELETING, the accepted backup is gone: it is being deleted"
    })
    void a_backup_that_failed_or_is_being_deleted_is_a_failure_with_its_reason(
            String type, String words, BackupStatus lastDescribed, String message) {
        if (lastDescribed == BackupStatus.FAILED) {
            app.service.servers().fail(ALPHA.name(), words);
        } else {
            app.service.servers().beginDeletion(ALPHA.name());
        }

        Entry failed = follow();

        assertThat(failed.status()).isEqualTo(EntryStatus.FAILED);
        assertThat(failed.error()).contains(BackupError.known(new ErrorType(type), message));
        assertThat(failed.backup().map(Backup::status)).contains(lastDescribed);
        assertThat(failed.finishedAt()).contains(app.now());
    }

    /** The process stands still for days between the look and what comes of it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_pause_after_the_look_closes_no_window_on_what_it_showed_and_makes_no_late_backup_vanish(boolean shown) {
        if (!shown) {
            app.service.servers().forget(ALPHA.name());
        }
        app.afterLook(() -> app.later(Duration.ofDays(3)));

        assertThat(follow().status()).isEqualTo(EntryStatus.STARTED);
    }

    @Test
    void a_backup_that_is_not_there_has_vanished_only_after_call_time_out_and_settle_time() {
        app.service.servers().forget(ALPHA.name());
        app.later(TIMEOUTS.callTimeout().plus(TIMEOUTS.visibilityDelay()));
        started = follow();
        assertThat(started.status()).isEqualTo(EntryStatus.STARTED);

        app.later(Duration.ofMillis(1));

        assertThat(follow().error().map(BackupError::type)).contains(ErrorType.BACKUP_VANISHED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_look_that_fails_or_shows_that_the_backup_runs_changes_nothing_but_the_time_of_the_next(int failingLooks) {
        app.later(A_MINUTE);
        app.service.failLooks(failingLooks);

        Entry later = follow();

        assertThat(later).isEqualTo(started.stillRunning(backup(), later.nextActionAt()));
        assertIsDueSoon(later);
    }

    private void assertIsDueSoon(Entry entry) {
        assertThat(entry.nextActionAt())
                .isBetween(app.now().plusSeconds(30), app.now().plusSeconds(60));
    }

    private static void assertFailed(Entry entry, ErrorType type, String message) {
        assertThat(entry.status()).isEqualTo(EntryStatus.FAILED);
        assertThat(entry.error().map(BackupError::type)).contains(type);
        assertThat(entry.error().map(BackupError::message)).contains(message);
    }

    private Backup backup() {
        return started.backup().orElseThrow();
    }

    @Test
    void the_completion_window_ends_the_waiting() {
        app.later(TIMEOUTS.completionWindow());
        started = follow();
        assertThat(started.status()).isEqualTo(EntryStatus.STARTED);

        app.later(Duration.ofMillis(1));

        Entry failed = follow();
        assertFailed(
                failed,
                ErrorType.COMPLETION_WINDOW_EXCEEDED,
                "the backup did not end within the completion window, and may still do so; its last known status is"
                        + " IN_PROGRESS");
        assertThat(failed.isAfterDoubt()).isTrue();
    }

    @Test
    void what_nobody_could_see_after_the_completion_window_is_not_known_to_have_failed() {
        app.later(TIMEOUTS.completionWindow().plusMillis(1));
        app.service.servers().finish(ALPHA.name());
        app.service.failLooks(1);

        Entry failed = follow();

        assertFailed(
                failed,
                ErrorType.NO_ANSWER,
                "the backup was accepted, but its state could not be read when the completion window closed: rate"
                        + " exceeded; its last known status is IN_PROGRESS");
        assertThat(failed.isAfterDoubt()).isTrue();
    }

    @Test
    void a_good_backup_is_a_success_however_late() {
        app.later(TIMEOUTS.completionWindow().multipliedBy(2));
        app.service.servers().finish(ALPHA.name());

        Entry succeeded = follow();

        assertThat(succeeded.status()).isEqualTo(EntryStatus.SUCCEEDED);
        assertThat(succeeded.backup().map(Backup::status)).contains(BackupStatus.OK);
        assertThat(succeeded.finishedAt()).contains(app.now());
    }

    @Test
    void without_a_turn_nothing_is_looked_at_or_written() {
        app.later(TIMEOUTS.completionWindow().multipliedBy(2));
        int looks = app.service.looks();

        app.turns(0);

        assertThat(follow()).isEqualTo(started);

        assertThat(app.service.looks()).isEqualTo(looks);
    }

    @Test
    void who_was_overtaken_answers_what_stands() {
        Entry theirs = started.failed(BUSY, app.now());
        app.audit.replace(started, theirs);
        app.service.servers().finish(ALPHA.name());

        assertThat(follow()).isEqualTo(theirs);
    }
}
