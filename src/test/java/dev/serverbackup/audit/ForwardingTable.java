package dev.serverbackup.audit;

import dev.serverbackup.audit.TableAccess.Call;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hands each call on to a table, on a way where it may be lost. What else a test changes, it overrides. */
public class ForwardingTable implements Table {
    protected final Table real;
    private final TableAccess access;

    public ForwardingTable(Table real) {
        this(real, TableAccess.DIRECT);
    }

    public ForwardingTable(Table real, TableAccess access) {
        this.real = real;
        this.access = access;
    }

    private void write(Call call, Runnable action) {
        access.write(call, () -> {
            action.run();
            return "done";
        });
    }

    @Override
    public Optional<Run> run(RunId runId) {
        return access.read(Call.of("read run", runId), () -> real.run(runId));
    }

    @Override
    public CreateRunResult open(Run run) {
        return access.write(Call.of("open", run), () -> real.open(run));
    }

    @Override
    public Entry create(Entry pending) {
        return access.write(Call.of("create", pending), () -> real.create(pending));
    }

    @Override
    public List<Entry> entries(RunId runId) {
        return access.read(Call.of("read entries of", runId), () -> real.entries(runId));
    }

    @Override
    public Optional<Entry> entry(RunId runId, ServerName server) {
        return access.read(Call.of("read entry", server), () -> real.entry(runId, server));
    }

    @Override
    public Replacement replace(Entry seen, Entry next) {
        return access.write(Call.of("write", next, "after", seen.status()), () -> real.replace(seen, next));
    }

    @Override
    public void finish(Run run) {
        write(Call.of("finish", run.runId(), run.status()), () -> real.finish(run));
    }

    @Override
    public List<DueRow> due(Instant now) {
        return access.read(Call.of("read what is due"), () -> real.due(now));
    }

    @Override
    public List<OpenRow> startedOn(ServerName server, Instant oldest) {
        return access.read(Call.of("read what was started on", server), () -> real.startedOn(server, oldest));
    }

    @Override
    public Row read(OpenRow row) {
        return access.read(Call.of("read", row.runId(), row.entry()), () -> real.read(row));
    }

    @Override
    public void postpone(Run run, Instant until) {
        write(Call.of("postpone", run.runId()), () -> real.postpone(run, until));
    }

    @Override
    public void markNotified(Entry entry, Instant at) {
        write(Call.of("let go", entry), () -> real.markNotified(entry, at));
    }

    @Override
    public void markNotifiedToRetain(Entry entry, Instant at, Instant due) {
        write(Call.of("keep for retention", entry), () -> real.markNotifiedToRetain(entry, at, due));
    }

    @Override
    public void markNotified(Run run, Instant at) {
        write(Call.of("notified", run.runId()), () -> real.markNotified(run, at));
    }

    @Override
    public Optional<List<OpenRow>> withoutExpiry(Run run) {
        return access.read(Call.of("read which have left of", run.runId()), () -> real.withoutExpiry(run));
    }

    @Override
    public void expire(OpenRow entry, Instant at) {
        write(Call.of("expire", entry.runId(), entry.entry()), () -> real.expire(entry, at));
    }

    @Override
    public void release(Run run) {
        write(Call.of("let go", run.runId()), () -> real.release(run));
    }

    @Override
    public List<PastBackup> undeleted(ServerName server) {
        return access.read(Call.of("read backups of", server), () -> real.undeleted(server));
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        return access.read(Call.of("count backups of", server), () -> real.countUndeleted(server, atMost));
    }

    @Override
    public boolean intendDeletion(PastBackup backup, Instant at) {
        return access.write(Call.of("intend to delete", backup.backupId()), () -> real.intendDeletion(backup, at));
    }

    @Override
    public void deletionAccepted(PastBackup backup, String deletionId) {
        write(Call.of("record as being deleted", backup.backupId()), () -> real.deletionAccepted(backup, deletionId));
    }

    @Override
    public void deleted(PastBackup backup, Instant at) {
        write(Call.of("record as deleted", backup.backupId()), () -> real.deleted(backup, at));
    }

    @Override
    public void notDeleted(PastBackup backup, BackupError why) {
        write(Call.of("record as not deleted", backup.backupId()), () -> real.notDeleted(backup, why));
    }

    @Override
    public OpenEntries openEntries() {
        return access.read(Call.of("count what is open"), () -> real.openEntries());
    }

    @Override
    public Optional<Instant> withoutSuccessSince(ServerName server) {
        return access.read(Call.of("read last success of", server), () -> real.withoutSuccessSince(server));
    }
}
