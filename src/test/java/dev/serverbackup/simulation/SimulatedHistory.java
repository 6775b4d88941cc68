package dev.serverbackup.simulation;

import dev.serverbackup.audit.BackupHistory;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;

/** A server's good backups as one worker reaches them, by an index that is behind. */
final class SimulatedHistory implements BackupHistory {
    private final HistoryTable table;
    private final TableAccess access;

    SimulatedHistory(HistoryTable table, TableAccess access) {
        this.table = table;
        this.access = access;
    }

    @Override
    public List<PastBackup> undeleted(ServerName server) {
        return access.read("history of " + server, () -> table.undeleted(server, access::lag));
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        return Math.min(atMost, undeleted(server).size());
    }

    @Override
    public boolean intendDeletion(PastBackup backup, Instant at) {
        return access.write("intend to delete " + backup.backupId(), () -> table.intendDeletion(backup, at));
    }

    @Override
    public void deletionAccepted(PastBackup backup, String deletionId) {
        access.write("record as being deleted " + backup.backupId(), () -> table.deletionAccepted(backup, deletionId));
    }

    @Override
    public void deleted(PastBackup backup, Instant at) {
        access.write("record as deleted " + backup.backupId(), () -> table.deleted(backup, at));
    }

    @Override
    public void notDeleted(PastBackup backup, BackupError why) {
        access.write("record as not deleted " + backup.backupId(), () -> table.notDeleted(backup, why));
    }
}
