package dev.serverbackup.backup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Deletion and quota of the servers behind a {@link FakeBackupService}; can be told to misbehave. */
public final class FakeUpkeep implements BackupDeletion, BackupQuota {
    private final FakeServers servers;
    private final Deque<DeletionResult> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private boolean silent;
    private int quotaReads;

    public FakeUpkeep(FakeServers servers) {
        this.servers = servers;
    }

    /** The next deletions, one each; nothing else happens then. */
    public synchronized void answer(DeletionResult... next) {
        answers.addAll(List.of(next));
    }

    public synchronized void tellNoQuota() {
        silent = true;
    }

    /** The ids of the backups whose deletion was asked for, in that order. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    public synchronized int quotaReads() {
        return quotaReads;
    }

    @Override
    public synchronized DeletionResult delete(String backupId) {
        asked.add(backupId);
        DeletionResult answer = answers.poll();
        return answer == null ? servers.delete(backupId) : answer;
    }

    @Override
    public synchronized Quota manualBackups() {
        quotaReads++;
        return silent
                ? new Quota.Unavailable(BackupError.known(ErrorType.THROTTLING, "rate exceeded"))
                : servers.manualBackups();
    }
}
