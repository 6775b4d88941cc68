package dev.serverbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What everything that tells the limit of manual backups keeps to. */
public abstract class BackupQuotaContract {
    /** Of an account with a limit of {@code maximum}. */
    protected abstract BackupQuota quota(int maximum);

    /** Makes one more manual backup. */
    protected abstract void backUp();

    @Test
    void an_account_without_backups_uses_nothing_of_its_limit() {
        assertThat(quota(7).manualBackups()).isEqualTo(new Quota.Known(0, 7));
    }

    @Test
    void every_manual_backup_counts() {
        BackupQuota quota = quota(3);
        backUp();
        backUp();

        assertThat(quota.manualBackups()).isEqualTo(new Quota.Known(2, 3));
    }
}
