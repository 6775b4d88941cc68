package dev.serverbackup.simulation;

import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.InMemoryTable;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.retention.RetentionRule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The same over all runs: every leaving and deletion is judged, too. */
final class JudgedFollowUpTable extends JudgedTable {
    final NotificationInvariants notifications;
    final RetentionInvariants deletions;
    private final World world;
    private final Map<OpenRow, Instant> leftAt = new HashMap<>();

    JudgedFollowUpTable(
            World world, BrokenRule broken, Invariants invariants, List<RunId> runs, RetentionRule retention) {
        super(invariants, broken.condition(), world.tally, new Indexes(world));
        this.world = world;
        this.notifications = new NotificationInvariants(this, runs, broken.judgesEachStep());
        this.deletions = new RetentionInvariants(this, invariants.truth, retention, broken.judgesEachStep());
    }

    /** Nobody can ever act on it, and it is always due. */
    void addUnreadable(OpenRow row) {
        addUnreadable(row, "somebody wrote it by hand");
        indexes.due(row, Instant.EPOCH);
    }

    List<DueRow> due(Instant now, LongSupplier lag) {
        return indexes.open(lag).stream()
                .filter(row -> !row.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .map(this::shown)
                .toList();
    }

    /** All that is open of a server: more than the real index shows, so that more is tried. */
    List<OpenRow> of(ServerName server, LongSupplier lag) {
        return indexes.open(lag).stream()
                .map(Map.Entry::getKey)
                .filter(row -> row.entry().equals("server#" + server))
                .toList();
    }

    /** Without the unreadable ones. */
    Optional<Instant> nextDue() {
        return indexes.open(() -> 0).stream()
                .map(Map.Entry::getValue)
                .filter(at -> at.isAfter(Instant.EPOCH))
                .findFirst();
    }

    Optional<Instant> leftAt(OpenRow row) {
        return Optional.ofNullable(leftAt.get(row));
    }

    @Override
    public synchronized void finish(Run run) {
        super.finish(run);
        run(run.runId()).ifPresent(notifications::settled);
    }

    @Override
    public synchronized void postpone(Run run, Instant until) {
        OpenRow key = InMemoryTable.key(run);
        if (!leftAt.containsKey(key)) {
            indexes.due(key, until);
        }
    }

    @Override
    public synchronized void markNotified(Entry entry, Instant at) {
        super.markNotified(entry, at);
        afterNotified(InMemoryTable.key(entry));
    }

    @Override
    public synchronized void markNotifiedToRetain(Entry entry, Instant at, Instant due) {
        super.markNotifiedToRetain(entry, at, due);
        OpenRow key = InMemoryTable.key(entry);
        if (read(key) instanceof Row.OfNotifiedEntry) {
            indexes.due(key, due);
        }
    }

    @Override
    public synchronized void expire(OpenRow entry, Instant at) {
        super.expire(entry, at);
        if (expiresAt(entry).isPresent()) {
            notifications.expires(entry);
        }
    }

    @Override
    public synchronized void release(Run run) {
        super.release(run);
        OpenRow key = InMemoryTable.key(run);
        if (expiresAt(key).isPresent()) {
            entries(run.runId())
                    .forEach(entry -> notifications.expiresBeforeItsRun(
                            expiresAt(InMemoryTable.key(entry)), expiresAt(key), entry));
        }
        afterNotified(key);
    }

    private void afterNotified(OpenRow key) {
        if (!leftAt.containsKey(key) && read(key) instanceof Row.Closed) {
            notifications.left(key);
            leftAt.put(key, world.instant());
            indexes.left(key);
        }
    }

    List<PastBackup> undeleted(ServerName server, LongSupplier lag) {
        return indexes.undeleted(server, lag);
    }

    @Override
    public synchronized boolean intendDeletion(PastBackup backup, Instant at) {
        boolean intended = super.intendDeletion(backup, at);
        if (intended) {
            indexes.follow(backup.intended(backup.deletionId()), true);
        }
        return intended;
    }

    @Override
    public synchronized void deletionAccepted(PastBackup backup, String deletionId) {
        super.deletionAccepted(backup, deletionId);
        if (deletedAt(backup.backupId()).isEmpty()) {
            indexes.follow(backup.intended(Optional.of(deletionId)), true);
        }
    }

    @Override
    public synchronized void deleted(PastBackup backup, Instant at) {
        super.deleted(backup, at);
        if (deletedAt(backup.backupId()).isPresent()) {
            deletions.recorded(backup.backupId());
            indexes.follow(backup.intended(backup.deletionId()), false);
        }
    }
}
