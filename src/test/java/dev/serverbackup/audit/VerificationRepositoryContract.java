package dev.serverbackup.audit;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every repository of verifications keeps to. Each test has an empty audit. */
public interface VerificationRepositoryContract {
    Instant LATER = TWO_O_CLOCK.plusSeconds(600);
    BackupError SPOILED = BackupError.known(ErrorType.VERIFICATION_FAILED, "the artefact has another SHA-256");

    AuditRepository audit();

    FollowUpRepository followUps();

    VerificationRepository verifications();

    private Verification scheduled(Server server) {
        verifications().schedule(server.name(), BackupBackend.OPSWORKS_CM, TWO_O_CLOCK);
        return verifications().of(server.name()).orElseThrow();
    }

    private static Verification.Subject subject(Server server) {
        return new Verification.Subject(
                NIGHTLY,
                new BackupOperation(
                        BackupOperation.Kind.VERIFY, "verify-1", backup(server), server.name(), TWO_O_CLOCK));
    }

    private static VerificationResult passed(Server server) {
        return VerificationResult.passed(backup(server).id(), "size, SHA-256", LATER, Duration.ofSeconds(61));
    }

    private static VerificationResult failed(Server server) {
        return VerificationResult.ended(backup(server).id(), SPOILED, LATER, Duration.ofSeconds(61));
    }

    private void succeed(Server server) {
        audit().create(pending(server));
        audit().replace(pending(server), claimed(server));
        audit().replace(claimed(server), started(server));
        audit().replace(started(server), started(server).succeeded(backup(server), LATER));
    }

    @Test
    default void a_server_is_due_as_soon_as_it_has_its_row() {
        Verification first = scheduled(ALPHA);

        assertThat(first).isEqualTo(Verification.first(ALPHA.name(), BackupBackend.OPSWORKS_CM, TWO_O_CLOCK));
        assertThat(verifications().due(TWO_O_CLOCK)).containsExactly(first);
        assertThat(verifications().due(TWO_O_CLOCK.minusMillis(1))).isEmpty();
    }

    @Test
    default void a_server_that_has_its_row_keeps_it() {
        Verification waiting = scheduled(ALPHA).waiting(LATER);
        verifications().replace(scheduled(ALPHA), waiting);

        assertThat(scheduled(ALPHA)).isEqualTo(waiting);
    }

    @Test
    default void a_row_comes_back_as_it_was_written_in_each_status() {
        Verification first = scheduled(ALPHA);
        Verification claimed = first.claimed(subject(ALPHA), LATER);
        Verification started = claimed.started("command-1", LATER);
        Verification ended = started.ended(failed(ALPHA));
        Verification waiting = ended.withResult(passed(BRAVO)).waiting(LATER);

        assertWritten(first, claimed);
        assertWritten(claimed, started);
        assertWritten(started, ended);
        assertWritten(ended, waiting);
    }

    private void assertWritten(Verification old, Verification next) {
        assertThat(verifications().replace(old, next)).isTrue();
        assertThat(verifications().of(ALPHA.name())).contains(next);
    }

    @Test
    default void what_has_changed_meanwhile_is_neither_replaced_nor_removed() {
        Verification first = scheduled(ALPHA);
        Verification claimed = first.claimed(subject(ALPHA), LATER);
        verifications().replace(first, claimed);

        assertThat(verifications().replace(first, first.waiting(LATER))).isFalse();
        verifications().remove(first);

        assertThat(verifications().of(ALPHA.name())).contains(claimed);
    }

    @Test
    default void the_oldest_is_due_first() {
        Verification alpha = scheduled(ALPHA);
        verifications().replace(alpha, alpha.waiting(LATER));
        Verification bravo = scheduled(BRAVO);

        assertThat(verifications().due(LATER)).containsExactly(bravo, alpha.waiting(LATER));
    }

    @Test
    default void a_removed_server_is_not_due_and_may_come_back() {
        verifications().remove(scheduled(ALPHA));

        assertThat(verifications().of(ALPHA.name())).isEmpty();
        assertThat(verifications().due(LATER)).isEmpty();
        assertThat(scheduled(ALPHA).version()).isZero();
    }

    @Test
    default void a_verification_is_no_open_row_of_a_run() {
        scheduled(ALPHA);

        assertThat(followUps().due(LATER)).isEmpty();
        assertThat(followUps().openEntries().count()).isZero();
        assertThat(followUps().startedOn(ALPHA.name(), Instant.EPOCH)).isEmpty();
        assertThat(followUps().withoutSuccessSince(ALPHA.name())).isEmpty();
    }

    @Test
    default void the_entry_of_a_backup_says_how_its_last_verification_ended() {
        succeed(ALPHA);

        assertThat(verifications().record(subject(ALPHA), passed(ALPHA))).isTrue();
        assertThat(recorded(ALPHA)).isEqualTo("PASSED, verified");

        var silent = VerificationResult.ended(backup(ALPHA).id(), BUSY, LATER, Duration.ofSeconds(1));
        assertThat(verifications().record(subject(ALPHA), silent)).isTrue();
        assertThat(recorded(ALPHA)).isEqualTo("INCONCLUSIVE, verified");

        assertThat(verifications().record(subject(ALPHA), failed(ALPHA))).isTrue();
        assertThat(recorded(ALPHA)).isEqualTo("FAILED, not verified");
    }

    /** The last result, and whether the backup counts as verified. */
    String recorded(Server server);

    @Test
    default void nothing_is_written_of_a_backup_that_has_not_succeeded_or_whose_deletion_is_intended() {
        audit().create(pending(BRAVO));
        assertThat(verifications().record(subject(BRAVO), passed(BRAVO))).isFalse();

        succeed(ALPHA);
        followUps().intendDeletion(past(ALPHA), LATER, "last 1");
        assertThat(verifications().record(subject(ALPHA), passed(ALPHA))).isFalse();
        assertThat(recorded(ALPHA)).isEqualTo("nothing, not verified");
    }
}
