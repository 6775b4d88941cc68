package dev.serverbackup.simulation;

import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The table over all runs as one worker sees it, by indexes that are behind, and what a write does at the moment when it
 * arrives. Every leaving and deletion is judged.
 */
final class FollowUpTable extends ForwardingFollowUpRepository {
    private final SimulatedSystem system;
    private final InMemoryFollowUpRepository rows;
    private final LongSupplier lag;

    /** @param lag how far an index is behind, for the next row */
    FollowUpTable(SimulatedSystem system, LongSupplier lag) {
        super(system.rows);
        this.system = system;
        this.rows = system.rows;
        this.lag = lag;
    }

    @Override
    public List<DueRow> due(Instant now) {
        return system.indexes.open(lag).stream()
                .filter(row -> !row.getValue().isAfter(now))
                .map(row -> rows.shown(row.getKey()))
                .toList();
    }

    /** All that is open of a server: more than the real index shows, so that more is tried. */
    @Override
    public List<OpenRow> startedOn(ServerName server, Instant oldest) {
        return system.indexes.open(lag).stream()
                .map(Map.Entry::getKey)
                .filter(row -> row.entry().equals("server#" + server))
                .toList();
    }

    @Override
    public void postpone(Run run, Instant until) {
        OpenRow key = InMemoryFollowUpRepository.key(run);
        if (system.notifications.leftAt(key).isEmpty()) {
            system.indexes.due(key, until);
        }
    }

    @Override
    public void markNotified(Entry entry, Instant at) {
        super.markNotified(entry, at);
        afterNotified(InMemoryFollowUpRepository.key(entry));
    }

    @Override
    public void markNotifiedRetentionDue(Entry entry, Instant at, Instant due) {
        super.markNotifiedRetentionDue(entry, at, due);
        OpenRow key = InMemoryFollowUpRepository.key(entry);
        if (rows.read(key) instanceof Row.OfNotifiedEntry) {
            system.indexes.due(key, due);
        }
    }

    @Override
    public void expire(OpenRow entry, Instant at) {
        super.expire(entry, at);
        if (rows.expiresAt(entry).isPresent()) {
            system.notifications.expires(entry);
        }
    }

    @Override
    public void release(Run run) {
        super.release(run);
        OpenRow key = InMemoryFollowUpRepository.key(run);
        rows.expiresAt(key).ifPresent(at -> system.notifications.runExpires(run, at, rows));
        afterNotified(key);
    }

    private void afterNotified(OpenRow key) {
        if (system.notifications.leftAt(key).isEmpty() && rows.read(key) instanceof Row.Closed) {
            system.notifications.left(key, system.timeline.instant());
            system.indexes.left(key);
        }
    }

    @Override
    public List<PastBackup> undeleted(ServerName server) {
        return system.indexes.undeleted(server, lag);
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        return Math.min(atMost, undeleted(server).size());
    }

    @Override
    public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
        boolean intended = super.intendDeletion(backup, at, rules);
        if (intended) {
            system.indexes.follow(backup.intended(backup.deletionId()), true);
        }
        return intended;
    }

    @Override
    public void deletionAccepted(PastBackup backup, String deletionId) {
        super.deletionAccepted(backup, deletionId);
        if (rows.deletedAt(backup.backupId()).isEmpty()) {
            system.indexes.follow(backup.intended(Optional.of(deletionId)), true);
        }
    }

    @Override
    public void deleted(PastBackup backup, Instant at) {
        super.deleted(backup, at);
        if (rows.deletedAt(backup.backupId()).isPresent()) {
            system.deletions.recorded(backup.backupId());
            system.indexes.follow(backup.intended(backup.deletionId()), false);
        }
    }

    /** Nothing depends on it. */
    @Override
    public OpenEntries openEntries() {
        return new OpenEntries(0, Optional.empty());
    }

    /** Nothing depends on it. */
    @Override
    public Optional<Instant> withoutSuccessSince(ServerName server) {
        return Optional.empty();
    }
}
