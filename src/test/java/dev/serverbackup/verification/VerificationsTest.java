package dev.serverbackup.verification;

import static dev.serverbackup.InMemoryApplication.idOf;
import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Verification;
import dev.serverbackup.audit.Verification.Status;
import dev.serverbackup.audit.VerificationResult.Outcome;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeOperations;
import dev.serverbackup.backup.FakeOperations.Fate;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VerificationsTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration LEASE_OVER = Duration.ofMinutes(3);
    private static final OperationResult.Succeeded READ = new OperationResult.Succeeded("size, SHA-256, pack");
    private static final OperationResult.Failed SPOILED = new OperationResult.Failed(
            BackupError.known(ErrorType.VERIFICATION_FAILED, "the artefact has another SHA-256"));
    private static final OperationResult.Failed NO_ROOM =
            new OperationResult.Failed(BackupError.known(ErrorType.LIMIT_EXCEEDED, "no room to unpack"));

    private final InMemoryApplication app = InMemoryApplication.over();
    private final FakeOperations operations = new FakeOperations(app.clock);
    private final Counted counted = new Counted();

    private static final class Counted implements Verifications.Counters {
        private int verified;
        private int cutShort;

        @Override
        public void verified() {
            verified++;
        }

        @Override
        public void cutShort() {
            cutShort++;
        }

        @Override
        public void failed(RuntimeException why) {
            throw why;
        }
    }

    private Verifications verifications(Optional<FakeOperations> service) {
        return new Verifications(
                app.dependencies(),
                app.repository,
                new VerificationPlan(app.verifications, service.map(one -> one), WEEK),
                app.notifications,
                new SequentialWorkers(),
                app.rateLimiter(),
                app.deadline(FIVE_MINUTES),
                counted);
    }

    /** A backup of the server has succeeded, and the follow-up has seen to it. */
    private Entry succeeded(Server server) {
        Entry entry = app.success(server);
        verifications(Optional.of(operations)).after(entry);
        return entry;
    }

    private String success() {
        return idOf(succeeded(ALPHA));
    }

    private void pass() {
        verifications(Optional.of(operations)).pass();
    }

    private void passLater(Duration later) {
        app.clock.move(later);
        pass();
    }

    private void endAs(OperationResult.OfState result) {
        operations.end(result);
        passLater(FIVE_MINUTES);
    }

    private Verification row() {
        return app.verifications.of(ALPHA.name()).orElseThrow();
    }

    private Optional<Outcome> outcome(String backupId) {
        return app.verifications.result(backupId).map(result -> result.outcome());
    }

    @Test
    void the_first_good_backup_of_a_server_is_verified_at_once_and_only_once() {
        String backup = success();

        pass();
        passLater(FIVE_MINUTES);
        assertThat(row().status()).isEqualTo(Status.STARTED);
        endAs(READ);

        assertThat(operations.started()).containsExactly(backup);
        assertThat(outcome(backup)).contains(Outcome.PASSED);
        assertThat(app.verifications.isVerified(backup)).isTrue();
        assertThat(row().passed()).containsExactly(backup);
        assertThat(counted.verified).isOne();
        assertThat(app.notifications.sent()).isEmpty();
    }

    @Test
    void after_a_week_the_newest_good_backup_is_verified() {
        success();
        pass();
        endAs(READ);
        String newest = success();

        passLater(WEEK.minusMinutes(1).minusHours(1));
        assertThat(operations.started()).hasSize(1);
        passLater(Duration.ofHours(1).plusMinutes(1));

        assertThat(operations.started()).hasSize(2).last().isEqualTo(newest);
    }

    @Test
    void one_whose_answer_was_lost_is_found_and_not_sent_again() {
        success();
        operations.next(Fate.ANSWER_LOST);
        pass();
        passLater(Duration.ofMinutes(1));
        assertThat(row().status()).isEqualTo(Status.CALLING);

        passLater(LEASE_OVER);

        assertThat(operations.started()).hasSize(1);
        assertThat(row().status()).isEqualTo(Status.STARTED);
    }

    @Test
    void one_that_was_lost_on_its_way_is_sent_once_the_lookup_has_shown_so() {
        success();
        operations.next(Fate.LOST);
        pass();
        passLater(LEASE_OVER);

        passLater(Duration.ZERO);

        assertThat(operations.started()).hasSize(1);
    }

    @Test
    void while_the_lookup_is_not_answered_nothing_is_sent_and_after_a_day_it_is_inconclusive() {
        String backup = success();
        operations.next(Fate.LOST);
        operations.silence(true);
        pass();

        passLater(LEASE_OVER);
        passLater(LEASE_OVER);

        assertThat(row().status()).isEqualTo(Status.CALLING);
        assertThat(operations.started()).isEmpty();
        passLater(Duration.ofHours(25));
        assertThat(outcome(backup)).contains(Outcome.INCONCLUSIVE);
    }

    @Test
    void a_damaged_backup_is_reported_and_counted_and_not_good_any_more() {
        String backup = success();
        pass();
        endAs(SPOILED);

        assertThat(outcome(backup)).contains(Outcome.FAILED);
        assertThat(row().failed()).containsExactly(backup);
        assertThat(app.measured).containsExactly("VerificationsFailed");
        assertThat(app.notifications.sent())
                .singleElement()
                .satisfies(one -> assertThat(one.detail())
                        .containsAllEntriesOf(new TreeMap<>(Map.of(
                                "serverName",
                                "alpha",
                                "backupId",
                                backup,
                                "result",
                                "FAILED",
                                "error",
                                Map.of("type", "VerificationFailed", "message", "the artefact has another SHA-256")))));
    }

    @Test
    void after_a_damaged_backup_the_one_before_it_is_verified_at_once() {
        String older = success();
        String spoiled = success();
        pass();
        endAs(SPOILED);

        passLater(FIVE_MINUTES);

        assertThat(operations.started()).containsExactly(spoiled, older);
    }

    @Test
    void if_all_are_spoiled_they_stay_known_and_the_newest_is_tried_again_when_the_next_is_due_and_may_be_good() {
        String backup = success();
        pass();
        endAs(SPOILED);
        passLater(FIVE_MINUTES);
        assertThat(row().failed()).containsExactly(backup);
        assertThat(operations.started()).hasSize(1);

        passLater(WEEK);
        endAs(READ);

        assertThat(operations.started()).containsExactly(backup, backup);
        assertThat(row().failed()).isEmpty();
        assertThat(app.verifications.isVerified(backup)).isTrue();
    }

    @Test
    void a_server_whose_backup_no_index_shows_yet_keeps_its_row_for_an_hour() {
        app.verifications.schedule(ALPHA.name(), BackupBackend.OPSWORKS_CM, app.clock.instant());

        passLater(Duration.ofMinutes(55));
        assertThat(app.verifications.of(ALPHA.name())).isPresent();
        passLater(Duration.ofMinutes(10));

        assertThat(app.verifications.of(ALPHA.name())).isEmpty();
    }

    @Test
    void what_says_nothing_of_the_backup_is_reported_and_tried_again_a_day_later() {
        String backup = success();
        pass();
        endAs(NO_ROOM);
        assertThat(app.notifications.sent()).hasSize(1);

        passLater(Duration.ofHours(23));
        assertThat(operations.started()).hasSize(1);
        passLater(Duration.ofHours(1));

        assertThat(operations.started()).containsExactly(backup, backup);
    }

    @Test
    void while_the_bus_refuses_the_word_of_it_stays_to_be_sent_by_the_same_id() {
        success();
        pass();
        operations.end(SPOILED);
        app.notifications.refuse(_ -> true);
        passLater(FIVE_MINUTES);
        assertThat(row().status()).isEqualTo(Status.ENDED);
        String operation = row().subject().orElseThrow().operation().id();
        app.notifications.refuse(_ -> false);

        passLater(FIVE_MINUTES);

        assertThat(app.notifications.sent())
                .extracting(Notification::id)
                .containsExactly("verification/alpha/" + operation);
        assertThat(row().status()).isEqualTo(Status.WAITING);
    }

    @Test
    void a_stopped_server_is_tried_again_for_a_day_and_then_reported() {
        String backup = success();
        operations.next(Fate.BUSY, Fate.BUSY);

        pass();
        assertThat(row().status()).isEqualTo(Status.WAITING);
        passLater(Duration.ofHours(25));

        assertThat(outcome(backup)).contains(Outcome.INCONCLUSIVE);
        assertThat(app.notifications.sent()).hasSize(1);
    }

    @Test
    void a_backup_whose_deletion_is_intended_is_not_verified() {
        Entry entry = succeeded(ALPHA);
        app.repository.intendDeletion(PastBackup.of(entry), app.clock.instant(), "last 1");

        pass();

        assertThat(operations.started()).isEmpty();
    }

    @Test
    void what_was_deleted_while_it_was_verified_is_not_called_spoiled() {
        Entry entry = succeeded(ALPHA);
        pass();
        app.repository.intendDeletion(PastBackup.of(entry), app.clock.instant(), "last 1");
        endAs(SPOILED);

        assertThat(row().failed()).isEmpty();
        assertThat(app.notifications.sent()).isEmpty();
    }

    @Test
    void without_a_turn_nothing_is_claimed() {
        success();
        app.turns(0);

        pass();

        assertThat(row().status()).isEqualTo(Status.WAITING);
        assertThat(counted.cutShort).isOne();
    }

    @Test
    void switched_off_no_server_gets_a_row_and_nothing_is_begun() {
        success();
        Verifications off = verifications(Optional.empty());
        off.after(app.success(BRAVO));

        off.pass();

        assertThat(app.verifications.of(BRAVO.name())).isEmpty();
        assertThat(operations.started()).isEmpty();
    }

    @Test
    void of_several_servers_each_is_verified() {
        success();
        succeeded(BRAVO);

        pass();

        assertThat(operations.started()).hasSize(2);
        assertThat(List.of(ALPHA, BRAVO))
                .allSatisfy(server -> assertThat(app.verifications
                                .of(server.name())
                                .orElseThrow()
                                .status())
                        .isEqualTo(Status.STARTED));
    }
}
