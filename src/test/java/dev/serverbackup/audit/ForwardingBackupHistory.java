package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;

/** Hands everything on; what a test changes, it overrides. */
public class ForwardingBackupHistory implements BackupHistory {
    protected final BackupHistory real;

    public ForwardingBackupHistory(BackupHistory real) {
        this.real = real;
    }

    @Override
    public List<PastBackup> undeleted(ServerName server) {
        return real.undeleted(server);
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        return real.countUndeleted(server, atMost);
    }

    @Override
    public boolean intendDeletion(PastBackup backup, Instant at) {
        return real.intendDeletion(backup, at);
    }

    @Override
    public void deletionAccepted(PastBackup backup, String deletionId) {
        real.deletionAccepted(backup, deletionId);
    }

    @Override
    public void deleted(PastBackup backup, Instant at) {
        real.deleted(backup, at);
    }

    @Override
    public void notDeleted(PastBackup backup, BackupError why) {
        real.notDeleted(backup, why);
    }
}
