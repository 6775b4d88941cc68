package dev.serverbackup.simulation;

import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table over all runs as one worker reaches it, by indexes that are behind. */
final class SimulatedFollowUpRepository implements FollowUpRepository {
    private final FollowUpTable table;
    private final TableAccess access;

    SimulatedFollowUpRepository(FollowUpTable table, TableAccess access) {
        this.table = table;
        this.access = access;
    }

    @Override
    public List<DueRow> due(Instant now) {
        return access.read("what is due", () -> table.due(now, access::lag));
    }

    @Override
    public List<OpenRow> startedOn(ServerName server, Instant oldest) {
        return access.read("what was started on " + server, () -> table.of(server, access::lag));
    }

    @Override
    public Row read(OpenRow row) {
        return access.read("read " + row.runId() + " " + row.entry(), () -> table.read(row));
    }

    @Override
    public void postpone(Run run, Instant until) {
        access.write("postpone " + run.runId(), () -> table.postpone(run, until));
    }

    @Override
    public void markNotified(Entry entry, Instant at) {
        access.write("let go " + entry.runId() + " " + entry.serverName(), () -> table.markNotified(entry, at));
    }

    @Override
    public void markNotifiedToRetain(Entry entry, Instant at, Instant due) {
        access.write(
                "keep for retention " + entry.runId() + " " + entry.serverName(),
                () -> table.markNotifiedToRetain(entry, at, due));
    }

    @Override
    public void markNotified(Run run, Instant at) {
        access.write("notified " + run.runId(), () -> table.markNotified(run, at));
    }

    @Override
    public Optional<List<OpenRow>> withoutExpiry(Run run) {
        return access.read("which have left of " + run.runId(), () -> table.withoutExpiry(run));
    }

    @Override
    public void expire(OpenRow entry, Instant at) {
        access.write("expire " + entry.runId() + " " + entry.entry(), () -> table.expire(entry, at));
    }

    @Override
    public void release(Run run) {
        access.write("let go " + run.runId(), () -> table.release(run));
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
    public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
        return access.write("intend to delete " + backup.backupId(), () -> table.intendDeletion(backup, at, rules));
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

    @Override
    public OpenEntries openEntries() {
        return access.read("how much is open", () -> new OpenEntries(0, Optional.empty()));
    }

    @Override
    public Optional<Instant> withoutSuccessSince(ServerName server) {
        return access.read("last success of " + server, Optional::empty);
    }
}
