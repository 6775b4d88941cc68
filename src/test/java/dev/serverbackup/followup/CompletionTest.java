package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final FollowUpHall hall = new FollowUpHall();
    private Entry started;

    @BeforeEach
    void start_alpha() {
        hall.open(ALPHA);
        hall.pass();
        started = hall.entry(ALPHA);
    }

    private Entry follow() {
        return follow(_ -> true);
    }

    private Entry follow(RateLimiter rateLimiter) {
        Deadline deadline = new Deadline(hall.clock.instant().plusSeconds(60));
        Entry standing = new Completion(hall.dependencies, hall.repository, rateLimiter, deadline).follow(started);
        assertThat(hall.entry(ALPHA)).isEqualTo(standing);
        return standing;
    }

    @Test
    void a_good_backup_is_a_success() {
        hall.backups.servers().finish(ALPHA.name());

        Entry succeeded = follow();

        assertThat(succeeded.status()).isEqualTo(EntryStatus.SUCCEEDED);
        assertThat(succeeded.backup().map(Backup::status)).contains(BackupStatus.OK);
        assertThat(succeeded.finishedAt()).contains(hall.clock.instant());
    }

    /** The document found the server busy when its command came to it. */
    private void refuseAfterwards() {
        hall.backups.servers().refuseAfterwards(ALPHA.name(), "another backup runs on this server");
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
        assertThat(again.nextActionAt())
                .isBetween(
                        hall.clock.instant().plusSeconds(30),
                        hall.clock.instant().plusSeconds(60));
    }

    @Test
    void an_attempt_after_a_late_refusal_does_not_come_after_the_start_window() {
        Duration untilEnd = Duration.ofSeconds(1);
        hall.clock.move(FollowUpHall.TERMS.startWindow().minus(untilEnd));
        refuseAfterwards();

        assertThat(follow().nextActionAt()).isEqualTo(hall.clock.instant().plus(untilEnd));
    }

    @Test
    void a_late_refusal_after_the_start_window_is_final() {
        hall.clock.move(FollowUpHall.TERMS.startWindow().plusMillis(1));
        refuseAfterwards();

        Entry failed = follow();

        assertThat(failed.status()).isEqualTo(EntryStatus.FAILED);
        assertThat(failed.error().map(BackupError::type)).contains(ErrorType.INVALID_STATE);
        assertThat(failed.error().map(BackupError::message).orElseThrow())
                .isEqualTo("alpha-1 did nothing: another backup runs on this server; not tried again: the start window"
                        + " closed");
        assertThat(failed.isAfterDoubt()).isFalse();
    }

    @Test
    void a_failure_that_does_not_say_whether_there_is_a_backup_has_an_unknown_effect() {
        hall.backups.servers().failWithUnknownEffect(ALPHA.name(), "DeliveryTimedOut");

        Entry failed = follow();

        assertThat(failed.status()).isEqualTo(EntryStatus.FAILED);
        assertThat(failed.error().map(BackupError::type)).contains(new ErrorType("DeliveryTimedOut"));
        assertThat(failed.isAfterDoubt()).isTrue();
    }

    @Test
    void a_backup_that_runs_is_looked_at_again_later() {
        Entry running = follow();

        assertThat(running.status()).isEqualTo(EntryStatus.STARTED);
        assertThat(running.nextActionAt())
                .isBetween(
                        hall.clock.instant().plusSeconds(30),
                        hall.clock.instant().plusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({
        "BackupFailed, no space left, FAILED, no space left",
        "BackupFailed, '', FAILED, the service does not say why",
        "BackupVanished, being deleted, DELETING, the accepted backup is gone: it is being deleted"
    })
    void a_backup_that_failed_or_is_being_deleted_is_a_failure_with_its_reason(
            String type, String words, BackupStatus lastDescribed, String message) {
        if (lastDescribed == BackupStatus.FAILED) {
            hall.backups.servers().fail(ALPHA.name(), words);
        } else {
            hall.backups.servers().beginDeletion(ALPHA.name());
        }

        Entry failed = follow();

        assertThat(failed.status()).isEqualTo(EntryStatus.FAILED);
        assertThat(failed.error()).contains(BackupError.known(new ErrorType(type), message));
        assertThat(failed.backup().map(Backup::status)).contains(lastDescribed);
        assertThat(failed.finishedAt()).contains(hall.clock.instant());
    }

    /** The process stands still for days between the look and what comes of it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_pause_after_the_look_closes_no_window_on_what_it_showed_and_makes_no_late_backup_vanish(boolean shown) {
        if (!shown) {
            hall.backups.servers().forget(ALPHA.name());
        }
        RunDependencies dependencies = hall.dependencies;
        RunDependencies pausing = new RunDependencies(
                dependencies.audit(),
                BackupBackend.OPSWORKS_CM,
                new ThenPauses(hall.backups, hall.clock),
                dependencies.timeouts(),
                dependencies.backoff(),
                dependencies.clock(),
                dependencies.attemptIds(),
                dependencies.metrics());
        Deadline deadline = new Deadline(hall.clock.instant().plusSeconds(60));

        assertThat(new Completion(pausing, hall.repository, _ -> true, deadline)
                        .follow(started)
                        .status())
                .isEqualTo(EntryStatus.STARTED);
    }

    @Test
    void a_backup_that_is_not_there_has_vanished_only_after_call_time_out_and_settle_time() {
        hall.backups.servers().forget(ALPHA.name());
        hall.clock.move(FollowUpHall.TERMS.callTimeout().plus(FollowUpHall.TERMS.visibilityDelay()));
        started = follow();
        assertThat(started.status()).isEqualTo(EntryStatus.STARTED);

        hall.clock.move(Duration.ofMillis(1));

        assertThat(follow().error().map(BackupError::type)).contains(ErrorType.BACKUP_VANISHED);
    }

    @Test
    void a_look_that_fails_changes_nothing_but_the_time_of_the_next() {
        hall.clock.move(A_MINUTE);
        hall.backups.failLooks(1);

        Entry later = follow();

        assertThat(later).isEqualTo(started.stillRunning(backup(), later.nextActionAt()));
        assertThat(later.nextActionAt()).isAfter(hall.clock.instant());
    }

    private Backup backup() {
        return started.backup().orElseThrow();
    }

    @Test
    void the_completion_window_ends_the_waiting() {
        hall.clock.move(FollowUpHall.TERMS.completionWindow());
        started = follow();
        assertThat(started.status()).isEqualTo(EntryStatus.STARTED);

        hall.clock.move(Duration.ofMillis(1));

        Entry failed = follow();
        assertThat(failed.error().map(BackupError::type)).contains(ErrorType.COMPLETION_WINDOW_EXCEEDED);
        assertThat(failed.error().map(BackupError::message).orElseThrow())
                .isEqualTo("the backup did not end within the completion window, and may still do so; its last known"
                        + " status is IN_PROGRESS");
        assertThat(failed.isAfterDoubt()).isTrue();
    }

    @Test
    void what_nobody_could_see_after_the_completion_window_is_not_known_to_have_failed() {
        hall.clock.move(FollowUpHall.TERMS.completionWindow().plusMillis(1));
        hall.backups.servers().finish(ALPHA.name());
        hall.backups.failLooks(1);

        Entry failed = follow();

        assertThat(failed.error().map(BackupError::type)).contains(ErrorType.NO_ANSWER);
        assertThat(failed.error().map(BackupError::effectUnknown)).contains(true);
        assertThat(failed.error().map(BackupError::message).orElseThrow())
                .isEqualTo(
                        "the backup was accepted, and the look after the completion window failed: rate exceeded; its"
                                + " last known status is IN_PROGRESS");
    }

    private record ThenPauses(BackupService real, ManualClock clock) implements BackupService {
        @Override
        public BackupResult createBackup(Server server, String description, Instant sendBefore) {
            return real.createBackup(server, description, sendBefore);
        }

        @Override
        public ListResult backupsOf(ServerName server, Instant since) {
            return real.backupsOf(server, since);
        }

        @Override
        public FindResult backup(String backupId) {
            FindResult seen = real.backup(backupId);
            clock.move(Duration.ofDays(3));
            return seen;
        }
    }

    @Test
    void a_good_backup_is_a_success_however_late() {
        hall.clock.move(FollowUpHall.TERMS.completionWindow().multipliedBy(2));
        hall.backups.servers().finish(ALPHA.name());

        assertThat(follow().status()).isEqualTo(EntryStatus.SUCCEEDED);
    }

    @Test
    void without_a_turn_nothing_is_looked_at_or_written() {
        hall.clock.move(FollowUpHall.TERMS.completionWindow().multipliedBy(2));
        int looks = hall.backups.looks();

        assertThat(follow(_ -> false)).isEqualTo(started);

        assertThat(hall.backups.looks()).isEqualTo(looks);
    }

    @Test
    void who_was_overtaken_answers_what_stands() {
        Entry theirs = started.failed(BUSY, hall.clock.instant());
        hall.audit.replace(started, theirs);
        hall.backups.servers().finish(ALPHA.name());

        assertThat(follow()).isEqualTo(theirs);
    }
}
