package dev.serverbackup.retention;

import static dev.serverbackup.Samples.*;
import static dev.serverbackup.retention.RetentionScene.idOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last two are kept, and alpha has two already. */
class RetentionTest {
    private static final BackupError REFUSED = BackupError.known(ErrorType.ACCESS_DENIED, "not authorized");

    private final RetentionScene scene = RetentionScene.keeping(2);
    private final Entry oldest = scene.success(ALPHA);
    private final Entry second = scene.success(ALPHA);

    @Test
    void the_newest_stay_and_what_is_older_is_deleted_with_intention_and_record() {
        Entry newest = scene.success(ALPHA);

        scene.retain(newest);

        assertThat(scene.good(ALPHA)).containsExactly(idOf(second), idOf(newest));
        assertThat(scene.repository.deletingAt(idOf(oldest))).contains(scene.clock.instant());
        assertThat(scene.repository.deletedAt(idOf(oldest))).contains(scene.clock.instant());
        assertThat(scene.counted.allDeleted()).isEqualTo(1);
    }

    @Test
    void by_the_calendar_the_last_of_each_day_stays_and_the_record_says_which_rules_there_were() {
        RetentionScene daily = RetentionScene.only(RetentionScene.policy("daily 2"));
        Entry yesterday = daily.success(ALPHA);
        Entry lastOfYesterday = daily.success(ALPHA);
        daily.clock.move(Duration.ofDays(1));
        Entry today = daily.success(ALPHA);

        daily.retain(today);

        assertThat(daily.good(ALPHA)).containsExactly(idOf(lastOfYesterday), idOf(today));
        assertThat(daily.repository.notKeptBy(idOf(yesterday))).contains("daily 2 in UTC");
    }

    @Test
    void off_it_asks_nobody() {
        RetentionScene off = RetentionScene.only(RetentionPolicy.OFF);
        off.success(ALPHA);

        off.retain(off.success(ALPHA));

        assertThat(off.service.looks()).isZero();
        assertThat(off.upkeep.asked()).isEmpty();
    }

    @Test
    void after_a_failure_nothing_is_deleted() {
        scene.success(ALPHA);

        scene.retain(scene.failure(ALPHA));

        assertThat(scene.upkeep.asked()).isEmpty();
    }

    @Test
    void a_dry_run_only_counts_and_writes_nothing() {
        RetentionScene dry = RetentionScene.only(RetentionScene.dryRun("1"));
        Entry first = dry.success(ALPHA);
        dry.success(ALPHA);
        Entry newest = dry.success(ALPHA);

        assertThat(dry.retention().after(newest)).isTrue();

        assertThat(dry.good(ALPHA)).hasSize(3);
        assertThat(dry.repository.deletingAt(idOf(first))).isEmpty();
        assertThat(dry.counted.allDeleted()).isZero();
        assertThat(dry.counted.allSpared()).isEqualTo(2);
    }

    @Test
    void a_good_backup_that_was_deleted_by_hand_does_not_count() {
        Entry newest = scene.success(ALPHA);
        scene.service.servers().delete(idOf(second));

        scene.retain(newest);

        assertThat(scene.good(ALPHA)).containsExactly(idOf(oldest), idOf(newest));
    }

    @Test
    void where_the_service_lists_nothing_nothing_is_deleted() {
        Entry newest = scene.success(ALPHA);
        scene.service.failLooks(1);

        scene.retain(newest);

        assertThat(scene.good(ALPHA)).hasSize(3);
    }

    @Test
    void a_deletion_that_may_still_fail_is_recorded_only_once_the_backup_is_gone() {
        scene.upkeep.answer(new DeletionResult.Accepted("command-1", Optional.empty()));
        scene.retain(scene.success(ALPHA));
        assertThat(scene.repository.deletingAt(idOf(oldest))).isPresent();
        assertThat(scene.repository.deletedAt(idOf(oldest))).isEmpty();
        assertThat(scene.counted.allDeleted()).isZero();

        scene.service.servers().remove(idOf(oldest));
        scene.retain(scene.success(ALPHA));

        assertThat(scene.repository.deletedAt(idOf(oldest))).isPresent();
    }

    @Test
    void while_a_deletion_goes_on_it_is_not_asked_for_again() {
        scene.upkeep.answer(new DeletionResult.Accepted("command-1", Optional.empty()));
        scene.retain(scene.success(ALPHA));

        scene.service.servers().beginDeletion(idOf(oldest));
        scene.retain(scene.success(ALPHA));

        assertThat(scene.upkeep.asked()).filteredOn(idOf(oldest)::equals).hasSize(1);
        assertThat(scene.repository.deletedAt(idOf(oldest))).isEmpty();
    }

    @Test
    void a_deletion_that_failed_is_asked_for_again_and_its_reason_is_kept() {
        scene.upkeep.answer(
                new DeletionResult.Accepted("command-1", Optional.empty()),
                new DeletionResult.Accepted("command-2", Optional.of(REFUSED)));
        scene.retain(scene.success(ALPHA));

        scene.retain(scene.success(ALPHA));

        assertThat(scene.upkeep.asked()).startsWith(idOf(oldest), idOf(oldest));
        assertThat(scene.repository.deleteError(idOf(oldest))).contains(REFUSED);
        assertThat(scene.repository.deletedAt(idOf(oldest))).isEmpty();
    }

    @Test
    void a_refused_deletion_is_recorded_and_the_next_success_tries_again() {
        scene.upkeep.answer(new DeletionResult.Refused(REFUSED));
        scene.retain(scene.success(ALPHA));
        assertThat(scene.repository.deleteError(idOf(oldest))).contains(REFUSED);
        assertThat(scene.repository.deletedAt(idOf(oldest))).isEmpty();

        scene.retain(scene.success(ALPHA));

        assertThat(scene.good(ALPHA)).hasSize(2);
        assertThat(scene.repository.deletedAt(idOf(oldest))).isPresent();
        assertThat(scene.repository.deleteError(idOf(oldest))).isEmpty();
    }

    @Test
    void a_backup_that_is_gone_already_is_recorded_as_deleted() {
        scene.upkeep.answer(new DeletionResult.AlreadyGone());

        scene.retain(scene.success(ALPHA));

        assertThat(scene.repository.deletedAt(idOf(oldest))).isPresent();
    }

    @Test
    void a_deletion_whose_record_was_lost_is_recorded_after_the_next_success() {
        scene.success(ALPHA);
        scene.repository.intendDeletion(PastBackup.of(oldest), scene.clock.instant(), "last 1");
        scene.service.servers().delete(idOf(oldest));

        scene.retain(scene.success(ALPHA));

        assertThat(scene.repository.deletedAt(idOf(oldest))).isPresent();
        assertThat(scene.upkeep.asked()).doesNotContain(idOf(oldest));
    }

    @Test
    void where_the_service_lists_nothing_the_audit_alone_says_what_is_deleted() {
        scene.upkeep.listNothing();

        scene.retain(scene.success(ALPHA));

        assertThat(scene.good(ALPHA)).hasSize(2);
        assertThat(scene.repository.deletedAt(idOf(oldest))).isPresent();
        assertThat(scene.service.looks()).isZero();
    }

    @Test
    void an_accepted_deletion_is_asked_for_by_what_it_is_known_by() {
        scene.upkeep.listNothing();
        scene.upkeep.answer(new DeletionResult.Accepted("command-1", Optional.empty()));
        scene.retain(scene.success(ALPHA));
        scene.upkeep.answer(new DeletionResult.Deleted());

        scene.retain(scene.success(ALPHA));

        assertThat(scene.upkeep.askedAgain()).containsExactly("command-1");
        assertThat(scene.repository.deletedAt(idOf(oldest))).isPresent();
    }

    @Test
    void without_a_turn_nothing_is_asked_and_a_later_pass_is_to_try_again() {
        Entry newest = scene.success(ALPHA);
        scene.turns(0);
        assertThat(scene.retention().after(newest)).isFalse();
        assertThat(scene.service.looks()).isZero();
        scene.turns(9);

        assertThat(scene.retention().after(newest)).isTrue();

        assertThat(scene.good(ALPHA)).hasSize(2);
    }

    @Test
    void a_deletion_that_had_no_turn_is_left_to_a_later_pass() {
        Entry newest = scene.success(ALPHA);
        int toList = 1;
        scene.turns(toList);
        assertThat(scene.retention().after(newest)).isFalse();
        assertThat(scene.upkeep.asked()).isEmpty();
        scene.turns(9);

        assertThat(scene.retention().after(newest)).isTrue();

        assertThat(scene.upkeep.asked()).containsExactly(idOf(oldest));
    }

    @Test
    void a_lost_record_for_which_there_was_no_turn_is_left_to_a_later_pass() {
        Entry newest = scene.success(ALPHA);
        scene.repository.intendDeletion(PastBackup.of(oldest), scene.clock.instant(), "last 1");
        scene.service.servers().delete(idOf(oldest));
        int toList = 1;
        scene.turns(toList);

        assertThat(scene.retention().after(newest)).isFalse();

        assertThat(scene.repository.deletedAt(idOf(oldest))).isEmpty();
    }

    @Test
    void what_another_pass_has_recorded_meanwhile_is_done_with() {
        Entry newest = scene.success(ALPHA);
        scene.beforeEachIntention(() -> {
            scene.repository.intendDeletion(PastBackup.of(oldest), scene.clock.instant(), "last 1");
            scene.repository.deleted(PastBackup.of(oldest), scene.clock.instant());
        });

        assertThat(scene.retention().after(newest)).isTrue();

        assertThat(scene.upkeep.asked()).isEmpty();
    }

    @Test
    void after_half_a_day_without_a_turn_it_is_left_to_the_next_success() {
        Entry newest = scene.success(ALPHA);
        scene.turns(0);
        scene.clock.move(Duration.ofHours(12).plusMillis(1));

        assertThat(scene.retention().after(newest)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_deletion_begins_that_the_invocation_may_not_outlast(boolean theServiceLists) {
        Entry newest = scene.success(ALPHA);
        if (!theServiceLists) {
            scene.upkeep.listNothing();
        }
        Retention retention = scene.retention();
        scene.clock.move(Duration.ofMinutes(5).minusSeconds(15));

        assertThat(retention.after(newest)).isFalse();
        assertThat(scene.upkeep.asked()).isEmpty();
    }
}
