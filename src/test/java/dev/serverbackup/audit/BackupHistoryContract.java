package dev.serverbackup.audit;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every history keeps to. Each test has an empty audit. */
public abstract class BackupHistoryContract {
    private static final Instant THREE_O_CLOCK = TWO_O_CLOCK.plusSeconds(3_600);
    private static final Instant FOUR_O_CLOCK = TWO_O_CLOCK.plusSeconds(7_200);

    protected abstract AuditTrail audit();

    protected abstract BackupHistory history();

    protected abstract Optional<Instant> deletingAt(PastBackup backup);

    protected abstract Optional<Instant> deletedAt(PastBackup backup);

    /** The type of the error that is recorded. */
    protected abstract Optional<String> deleteError(PastBackup backup);

    private PastBackup succeeded(Server server) {
        write(pending(server), claimed(server), started(server));
        Entry succeeded = started(server).succeeded(backup(server), TWO_O_CLOCK.plusSeconds(60));
        audit().replace(started(server), succeeded);
        return PastBackup.of(succeeded);
    }

    /** What somebody takes for a backup that the audit knows. */
    private static PastBackup taken(RunId run, ServerName server, String id) {
        return new PastBackup(
                run,
                server,
                BackupBackend.OPSWORKS_CM,
                Backup.of(Map.of(Backup.ID, id)),
                TWO_O_CLOCK,
                false,
                Optional.empty());
    }

    private void write(Entry first, Entry... next) {
        audit().create(first);
        Entry standing = first;
        for (Entry entry : next) {
            audit().replace(standing, entry);
            standing = entry;
        }
    }

    @Test
    void the_backup_of_a_succeeded_entry_is_there_to_be_kept_or_deleted() {
        PastBackup past = succeeded(ALPHA);

        assertThat(history().undeleted(ALPHA.name())).containsExactly(past);
    }

    @Test
    void the_backups_of_a_server_are_counted_up_to_a_limit() {
        PastBackup past = succeeded(ALPHA);
        succeeded(BRAVO);
        history().intendDeletion(past, THREE_O_CLOCK);

        assertThat(history().countUndeleted(ALPHA.name(), 1)).isEqualTo(1);
        assertThat(history().countUndeleted(ALPHA.name(), 10)).isEqualTo(1);
        assertThat(history().countUndeleted(CHARLIE.name(), 10)).isZero();
    }

    @Test
    void a_deleted_backup_is_not_counted() {
        PastBackup past = succeeded(ALPHA);
        history().intendDeletion(past, THREE_O_CLOCK);

        history().deleted(past, FOUR_O_CLOCK);

        assertThat(history().countUndeleted(ALPHA.name(), 10)).isZero();
    }

    @Test
    void a_backup_whose_entry_has_not_succeeded_is_not() {
        write(pending(ALPHA), claimed(ALPHA), started(ALPHA));
        write(pending(BRAVO), claimed(BRAVO), started(BRAVO), started(BRAVO).failed(BUSY, TWO_O_CLOCK));

        assertThat(history().undeleted(ALPHA.name())).isEmpty();
        assertThat(history().undeleted(BRAVO.name())).isEmpty();
    }

    @Test
    void a_server_has_no_part_in_the_history_of_another() {
        succeeded(ALPHA);

        assertThat(history().undeleted(BRAVO.name())).isEmpty();
    }

    @Test
    void an_intention_is_written_and_the_first_instant_stays() {
        PastBackup past = succeeded(ALPHA);

        assertThat(history().intendDeletion(past, THREE_O_CLOCK)).isTrue();
        assertThat(history().intendDeletion(past, FOUR_O_CLOCK)).isTrue();

        assertThat(deletingAt(past)).contains(THREE_O_CLOCK);
        assertThat(history().undeleted(ALPHA.name())).containsExactly(past.intended(Optional.empty()));
    }

    @Test
    void what_an_accepted_deletion_is_known_by_is_told_with_its_backup_and_the_last_stays() {
        PastBackup past = succeeded(ALPHA);
        history().intendDeletion(past, THREE_O_CLOCK);

        history().deletionAccepted(past, "command-1");
        history().deletionAccepted(past, "command-2");

        assertThat(history().undeleted(ALPHA.name())).containsExactly(past.intended(Optional.of("command-2")));
    }

    @Test
    void nothing_may_be_deleted_that_the_audit_does_not_know() {
        PastBackup past = succeeded(ALPHA);

        assertThat(history().intendDeletion(taken(HOURLY, ALPHA.name(), past.backupId()), THREE_O_CLOCK))
                .isFalse();
        assertThat(history().intendDeletion(taken(NIGHTLY, BRAVO.name(), past.backupId()), THREE_O_CLOCK))
                .isFalse();
        assertThat(history().intendDeletion(taken(NIGHTLY, ALPHA.name(), "by-hand-1"), THREE_O_CLOCK))
                .isFalse();
        assertThat(history().intendDeletion(taken(new RunId("none"), CHARLIE.name(), "c"), THREE_O_CLOCK))
                .isFalse();
        assertThat(deletingAt(past)).isEmpty();
    }

    @Test
    void nothing_may_be_deleted_whose_entry_has_not_succeeded() {
        write(pending(ALPHA), claimed(ALPHA), started(ALPHA));

        assertThat(history().intendDeletion(past(ALPHA), THREE_O_CLOCK)).isFalse();
    }

    @Test
    void a_deletion_is_recorded_once() {
        PastBackup past = succeeded(ALPHA);
        history().intendDeletion(past, THREE_O_CLOCK);

        history().deleted(past, THREE_O_CLOCK);
        history().deleted(past, FOUR_O_CLOCK);

        assertThat(deletedAt(past)).contains(THREE_O_CLOCK);
        assertThat(history().undeleted(ALPHA.name())).isEmpty();
        assertThat(history().intendDeletion(past, FOUR_O_CLOCK)).isFalse();
    }

    @Test
    void without_an_intention_no_deletion_is_recorded() {
        PastBackup past = succeeded(ALPHA);

        history().deleted(past, THREE_O_CLOCK);
        history().notDeleted(past, BUSY);

        assertThat(deletedAt(past)).isEmpty();
        assertThat(deleteError(past)).isEmpty();
    }

    @Test
    void why_a_backup_was_not_deleted_is_recorded_until_it_is() {
        PastBackup past = succeeded(ALPHA);
        history().intendDeletion(past, THREE_O_CLOCK);
        history().notDeleted(past, NO_ANSWER);

        history().notDeleted(past, BUSY);
        assertThat(deleteError(past)).contains(BUSY.type().name());

        history().deleted(past, FOUR_O_CLOCK);
        history().notDeleted(past, BUSY);
        assertThat(deleteError(past)).isEmpty();
    }

    @Test
    void an_outcome_is_never_changed_by_a_deletion() {
        PastBackup past = succeeded(ALPHA);
        Entry before = audit().entry(NIGHTLY, ALPHA.name()).orElseThrow();

        history().intendDeletion(past, THREE_O_CLOCK);
        history().notDeleted(past, BUSY);
        history().deleted(past, FOUR_O_CLOCK);

        assertThat(audit().entry(NIGHTLY, ALPHA.name())).contains(before);
    }
}
