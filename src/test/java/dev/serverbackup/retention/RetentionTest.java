package dev.serverbackup.retention;

import static dev.serverbackup.InMemoryApplication.QUARTER;
import static dev.serverbackup.InMemoryApplication.TIMEOUTS;
import static dev.serverbackup.InMemoryApplication.idOf;
import static dev.serverbackup.InMemoryApplication.policy;
import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.run.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The last two are kept, and alpha has two already. */
class RetentionTest {
    private static final BackupError REFUSED = BackupError.known(ErrorType.ACCESS_DENIED, "not authorized");

    private final InMemoryApplication app = new InMemoryApplication(policy("2"));
    private final Entry oldest = app.success(ALPHA);
    private final Entry second = app.success(ALPHA);

    private boolean retain(Entry ended) {
        return retain(ended, app.policy, app.repository, app.deadline(QUARTER));
    }

    private boolean retain(Entry ended, RetentionPolicy policy, FollowUpRepository repository, Deadline deadline) {
        return app.retention(app.dependencies(), repository, policy, app.deletions, deadline)
                .after(ended);
    }

    private boolean retainBy(RetentionPolicy policy, Entry ended) {
        return retain(ended, policy, app.repository, app.deadline(QUARTER));
    }

    @Test
    void the_newest_stay_and_what_is_older_is_deleted_with_intention_and_record() {
        Entry newest = app.success(ALPHA);

        retain(newest);

        assertThat(app.good(ALPHA)).containsExactly(idOf(second), idOf(newest));
        assertThat(app.repository.deletingAt(idOf(oldest))).contains(app.clock.instant());
        assertThat(app.repository.deletedAt(idOf(oldest))).contains(app.clock.instant());
        assertThat(app.repository.notKeptBy(idOf(oldest))).contains("last 2");
        assertThat(app.measured).containsExactly("deleted");
    }

    @Test
    void off_it_asks_nobody() {
        retainBy(RetentionPolicy.OFF, app.success(ALPHA));

        assertThat(app.service.looks()).isZero();
        assertThat(app.deletions.requested()).isEmpty();
    }

    @Test
    void after_a_failure_nothing_is_deleted() {
        app.success(ALPHA);

        retain(app.failure(ALPHA));

        assertThat(app.deletions.requested()).isEmpty();
    }

    @Test
    void a_dry_run_only_counts_and_writes_nothing() {
        RetentionPolicy dryRun = new RetentionPolicy(RetentionRule.parse("1"), ZoneId.of("UTC"), true);

        assertThat(retainBy(dryRun, app.success(ALPHA))).isTrue();

        assertThat(app.good(ALPHA)).hasSize(3);
        assertThat(app.repository.deletingAt(idOf(oldest))).isEmpty();
        assertThat(app.measured).containsExactly("would delete", "would delete");
    }

    @Test
    void a_good_backup_that_was_deleted_by_hand_does_not_count() {
        Entry newest = app.success(ALPHA);
        app.service.servers().delete(idOf(second));

        retain(newest);

        assertThat(app.good(ALPHA)).containsExactly(idOf(oldest), idOf(newest));
    }

    @Test
    void where_the_service_lists_nothing_nothing_is_deleted() {
        Entry newest = app.success(ALPHA);
        app.service.failLooks(1);

        retain(newest);

        assertThat(app.good(ALPHA)).hasSize(3);
    }

    @Test
    void a_deletion_that_may_still_fail_is_recorded_only_once_the_backup_is_gone() {
        app.deletions.answer(new DeletionResult.Accepted("command-1", Optional.empty()));
        retain(app.success(ALPHA));
        assertThat(app.repository.deletingAt(idOf(oldest))).isPresent();
        assertThat(app.repository.deletedAt(idOf(oldest))).isEmpty();
        assertThat(app.measured).isEmpty();

        app.service.servers().remove(idOf(oldest));
        retain(app.success(ALPHA));

        assertThat(app.repository.deletedAt(idOf(oldest))).isPresent();
    }

    @Test
    void while_a_deletion_goes_on_it_is_not_asked_for_again() {
        app.deletions.answer(new DeletionResult.Accepted("command-1", Optional.empty()));
        retain(app.success(ALPHA));

        app.service.servers().beginDeletion(idOf(oldest));
        retain(app.success(ALPHA));

        assertThat(app.deletions.requested()).filteredOn(idOf(oldest)::equals).hasSize(1);
        assertThat(app.repository.deletedAt(idOf(oldest))).isEmpty();
    }

    @Test
    void a_deletion_that_failed_is_asked_for_again_and_its_reason_is_kept() {
        app.deletions.answer(
                new DeletionResult.Accepted("command-1", Optional.empty()),
                new DeletionResult.Accepted("command-2", Optional.of(REFUSED)));
        retain(app.success(ALPHA));

        retain(app.success(ALPHA));

        assertThat(app.deletions.requested()).startsWith(idOf(oldest), idOf(oldest));
        assertThat(app.repository.deleteError(idOf(oldest))).contains(REFUSED);
        assertThat(app.repository.deletedAt(idOf(oldest))).isEmpty();
    }

    @Test
    void a_refused_deletion_is_recorded_and_the_next_success_tries_again() {
        app.deletions.answer(new DeletionResult.Refused(REFUSED));
        retain(app.success(ALPHA));
        assertThat(app.repository.deleteError(idOf(oldest))).contains(REFUSED);
        assertThat(app.repository.deletedAt(idOf(oldest))).isEmpty();

        retain(app.success(ALPHA));

        assertThat(app.good(ALPHA)).hasSize(2);
        assertThat(app.repository.deletedAt(idOf(oldest))).isPresent();
        assertThat(app.repository.deleteError(idOf(oldest))).isEmpty();
    }

    @Test
    void where_the_service_lists_nothing_the_audit_alone_says_what_is_deleted() {
        app.deletions.listNothing();

        retain(app.success(ALPHA));

        assertThat(app.good(ALPHA)).hasSize(2);
        assertThat(app.repository.deletedAt(idOf(oldest))).isPresent();
        assertThat(app.service.looks()).isZero();
    }

    @Test
    void an_accepted_deletion_is_asked_for_by_what_it_is_known_by() {
        app.deletions.listNothing();
        app.deletions.answer(new DeletionResult.Accepted("command-1", Optional.empty()));
        retain(app.success(ALPHA));
        app.deletions.answer(new DeletionResult.Deleted());

        retain(app.success(ALPHA));

        assertThat(app.deletions.requestedAgain()).containsExactly("command-1");
        assertThat(app.repository.deletedAt(idOf(oldest))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"nothing, 0", "the listing, 1"})
    void a_deletion_that_had_no_turn_is_left_to_a_later_pass(String turnsFor, int turns) {
        Entry newest = app.success(ALPHA);
        app.turns(turns);
        assertThat(retain(newest)).isFalse();
        assertThat(app.service.looks()).isEqualTo(turns);
        assertThat(app.deletions.requested()).as("a turn for %s", turnsFor).isEmpty();
        app.turns(9);

        assertThat(retain(newest)).isTrue();

        assertThat(app.deletions.requested()).containsExactly(idOf(oldest));
    }

    @Test
    void a_backup_that_is_gone_already_is_recorded_as_deleted() {
        app.deletions.answer(new DeletionResult.AlreadyGone());

        retain(app.success(ALPHA));

        assertThat(app.repository.deletedAt(idOf(oldest))).isPresent();
    }

    @Test
    void what_another_pass_has_recorded_meanwhile_is_done_with() {
        Entry newest = app.success(ALPHA);
        FollowUpRepository overtaken = new ForwardingFollowUpRepository(app.repository) {
            @Override
            public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
                real.intendDeletion(backup, at, rules);
                real.deleted(backup, at);
                return super.intendDeletion(backup, at, rules);
            }
        };

        assertThat(retain(newest, app.policy, overtaken, app.deadline(QUARTER))).isTrue();

        assertThat(app.deletions.requested()).isEmpty();
    }

    @Test
    void a_lost_record_for_which_there_was_no_turn_is_left_to_a_later_pass() {
        Entry newest = app.success(ALPHA);
        app.repository.intendDeletion(PastBackup.of(oldest), app.clock.instant(), "last 1");
        app.service.servers().delete(idOf(oldest));
        int toList = 1;
        app.turns(toList);

        assertThat(retain(newest)).isFalse();

        assertThat(app.repository.deletedAt(idOf(oldest))).isEmpty();
        app.turns(9);
        assertThat(retain(newest)).isTrue();
        assertThat(app.repository.deletedAt(idOf(oldest))).isPresent();
    }

    @Test
    void after_half_a_day_without_a_turn_it_is_left_to_the_next_success() {
        Entry newest = app.success(ALPHA);
        app.turns(0);
        app.clock.move(Duration.ofHours(12).plusMillis(1));

        assertThat(retain(newest)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_deletion_begins_that_the_invocation_may_not_outlast(boolean theServiceLists) {
        Entry newest = app.success(ALPHA);
        if (!theServiceLists) {
            app.deletions.listNothing();
        }
        Deadline tooSoon = app.deadline(TIMEOUTS.callTimeout());

        assertThat(retain(newest, app.policy, app.repository, tooSoon)).isFalse();
        assertThat(app.deletions.requested()).isEmpty();
    }
}
