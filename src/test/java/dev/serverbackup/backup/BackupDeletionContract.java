package dev.serverbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What everything that deletes backups keeps to. */
public abstract class BackupDeletionContract {
    protected abstract BackupDeletion deletion();

    /** A good manual backup. */
    protected abstract String aBackup();

    /** A backup that still runs. */
    protected abstract String aRunningBackup();

    /** Whether the service would still show it as good. */
    protected abstract boolean isGood(String backupId);

    @Test
    void a_good_backup_is_deleted() {
        String backup = aBackup();

        assertThat(deletion().delete(backup))
                .isInstanceOfAny(DeletionResult.Deleted.class, DeletionResult.Accepted.class);

        assertThat(isGood(backup)).isFalse();
    }

    @Test
    void other_backups_stay() {
        String one = aBackup();
        String other = aBackup();

        deletion().delete(one);

        assertThat(isGood(other)).isTrue();
    }

    @Test
    void a_backup_that_nobody_knows_is_gone_already() {
        assertThat(deletion().delete("nobodys-20260301020001000")).isEqualTo(new DeletionResult.AlreadyGone());
    }

    @Test
    void deleting_twice_does_no_harm() {
        String backup = aBackup();
        deletion().delete(backup);

        assertThat(deletion().delete(backup))
                .isInstanceOfAny(DeletionResult.InProgress.class, DeletionResult.AlreadyGone.class);
    }

    @Test
    void a_running_backup_is_not_deleted() {
        assertThat(deletion().delete(aRunningBackup()))
                .isInstanceOfSatisfying(DeletionResult.InProgress.class, busy -> {
                    assertThat(busy.error().type()).isEqualTo(ErrorType.INVALID_STATE);
                    assertThat(busy.error().effectUnknown()).isFalse();
                });
    }
}
