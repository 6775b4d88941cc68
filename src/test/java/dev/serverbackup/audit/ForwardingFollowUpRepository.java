package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hands everything on; what a test changes, it overrides. */
public class ForwardingFollowUpRepository implements FollowUpRepository {
    protected final FollowUpRepository real;

    public ForwardingFollowUpRepository(FollowUpRepository real) {
        this.real = real;
    }

    @Override
    public List<DueRow> due(Instant now) {
        return real.due(now);
    }

    @Override
    public List<OpenRow> startedOn(ServerName server, Instant oldest) {
        return real.startedOn(server, oldest);
    }

    @Override
    public Row read(OpenRow row) {
        return real.read(row);
    }

    @Override
    public void postpone(Run run, Instant until) {
        real.postpone(run, until);
    }

    @Override
    public void markNotified(Entry entry, Instant at) {
        real.markNotified(entry, at);
    }

    @Override
    public void markNotifiedRetentionDue(Entry entry, Instant at, Instant due) {
        real.markNotifiedRetentionDue(entry, at, due);
    }

    @Override
    public void markNotified(Run run, Instant at) {
        real.markNotified(run, at);
    }

    @Override
    public Optional<List<OpenRow>> withoutExpiry(Run run) {
        return real.withoutExpiry(run);
    }

    @Override
    public void expire(OpenRow entry, Instant at) {
        real.expire(entry, at);
    }

    @Override
    public void release(Run run) {
        real.release(run);
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
    public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
        return real.intendDeletion(backup, at, rules);
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

    @Override
    public OpenEntries openEntries() {
        return real.openEntries();
    }

    @Override
    public Optional<Instant> withoutSuccessSince(ServerName server) {
        return real.withoutSuccessSince(server);
    }
}
