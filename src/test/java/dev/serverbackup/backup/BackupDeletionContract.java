package dev.serverbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What everything that deletes backups keeps to. */
public abstract class BackupDeletionContract {
    protected abstract BackupDeletion deletion();

    /** A good manual backup. */
    protected abstract Backup aBackup();

    /** A backup that still runs. */
    protected abstract Backup aRunningBackup();

    /** A backup that is not there, as the audit would describe it. */
    protected abstract Backup aMissingBackup();

    /** Whether the service would still show it as good. */
    protected abstract boolean isGood(String backupId);

    private DeletionResult delete(Backup backup) {
        return deletion().delete(backup, Optional.empty());
    }

    @Test
    void a_good_backup_is_deleted() {
        Backup backup = aBackup();

        assertThat(delete(backup)).isInstanceOfAny(DeletionResult.Deleted.class, DeletionResult.Accepted.class);

        assertThat(isGood(backup.id())).isFalse();
    }

    @Test
    void other_backups_stay() {
        Backup one = aBackup();
        Backup other = aBackup();

        delete(one);

        assertThat(isGood(other.id())).isTrue();
    }

    @Test
    void deleting_a_backup_that_is_not_there_does_no_harm() {
        assertThat(delete(aMissingBackup()))
                .isInstanceOfAny(DeletionResult.AlreadyGone.class, DeletionResult.Accepted.class);
    }

    @Test
    void deleting_twice_does_no_harm() {
        Backup backup = aBackup();
        Optional<String> accepted = delete(backup) instanceof DeletionResult.Accepted once
                ? Optional.of(once.deletionId())
                : Optional.empty();

        assertThat(deletion().delete(backup, accepted))
                .isInstanceOfAny(
                        DeletionResult.InProgress.class,
                        DeletionResult.AlreadyGone.class,
                        DeletionResult.Deleted.class);
    }

    @Test
    void a_running_backup_is_not_deleted() {
        Backup running = aRunningBackup();

        assertThat(delete(running)).isInstanceOfAny(DeletionResult.InProgress.class, DeletionResult.Refused.class);
    }
}
