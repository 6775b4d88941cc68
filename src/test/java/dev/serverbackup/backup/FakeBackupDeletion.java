package dev.serverbackup.backup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Deletion and quota of the servers behind a {@link FakeBackupService}; can be told to misbehave. */
public final class FakeBackupDeletion implements BackupDeletion, BackupQuota {
    private final FakeServers servers;
    private final Deque<DeletionResult> answers = new ArrayDeque<>();
    private final List<String> requested = new ArrayList<>();
    private final List<String> requestedAgain = new ArrayList<>();
    private boolean listed = true;
    private boolean silent;
    private int quotaReads;

    public FakeBackupDeletion(FakeServers servers) {
        this.servers = servers;
    }

    /** The next deletions, one each; nothing else happens then. */
    public synchronized void answer(DeletionResult... next) {
        answers.addAll(List.of(next));
    }

    /** As Systems Manager: what there is, the audit alone knows. */
    public synchronized void listNothing() {
        listed = false;
    }

    /** What those deletions were known by of which the outcome was asked for. */
    public synchronized List<String> requestedAgain() {
        return List.copyOf(requestedAgain);
    }

    public synchronized void tellNoQuota() {
        silent = true;
    }

    /** The ids of the backups whose deletion was asked for, in that order. */
    public synchronized List<String> requested() {
        return List.copyOf(requested);
    }

    public synchronized int quotaReads() {
        return quotaReads;
    }

    @Override
    public synchronized DeletionResult delete(Backup backup, Optional<String> accepted) {
        requested.add(backup.id());
        accepted.ifPresent(requestedAgain::add);
        DeletionResult answer = answers.poll();
        return answer == null ? servers.delete(backup.id()) : answer;
    }

    @Override
    public synchronized boolean listsAllBackups() {
        return listed;
    }

    @Override
    public synchronized Quota manualBackups() {
        quotaReads++;
        return silent
                ? new Quota.Unavailable(BackupError.known(ErrorType.THROTTLING, "rate exceeded"))
                : servers.manualBackups();
    }
}
