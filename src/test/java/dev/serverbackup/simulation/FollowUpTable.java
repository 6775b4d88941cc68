package dev.serverbackup.simulation;

import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The table itself over all runs: what a write does at the moment when it arrives. Every leaving and deletion is judged. */
final class FollowUpTable {
    private final Indexes indexes;
    private final NotificationInvariants invariants;
    private final World world;
    private final SimulatedTable table;
    private final InMemoryFollowUpRepository rows;
    private final RetentionInvariants deletions;
    private final Map<OpenRow, Instant> leftAt = new HashMap<>();

    FollowUpTable(
            SimulatedTable table,
            InMemoryFollowUpRepository rows,
            Indexes indexes,
            NotificationInvariants invariants,
            RetentionInvariants deletions,
            World world) {
        this.indexes = indexes;
        this.invariants = invariants;
        this.world = world;
        this.table = table;
        this.rows = rows;
        this.deletions = deletions;
    }

    /** Nobody can ever act on it, and it is always due. */
    void addUnreadable(OpenRow row) {
        rows.addUnreadable(row, "somebody wrote it by hand");
        indexes.due(row, Instant.EPOCH);
    }

    List<DueRow> due(Instant now, LongSupplier lag) {
        return indexes.open(lag).stream()
                .filter(row -> !row.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .map(rows::shown)
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

    Row read(OpenRow row) {
        return rows.read(row);
    }

    void postpone(Run run, Instant until) {
        OpenRow key = InMemoryFollowUpRepository.key(run);
        if (!leftAt.containsKey(key)) {
            indexes.due(key, until);
        }
    }

    void markNotified(Entry entry, Instant at) {
        rows.markNotified(entry, at);
        afterNotified(InMemoryFollowUpRepository.key(entry));
    }

    void markNotifiedToRetain(Entry entry, Instant at, Instant due) {
        rows.markNotifiedToRetain(entry, at, due);
        OpenRow key = InMemoryFollowUpRepository.key(entry);
        if (rows.read(key) instanceof Row.OfNotifiedEntry) {
            indexes.due(key, due);
        }
    }

    void markNotified(Run run, Instant at) {
        rows.markNotified(run, at);
    }

    Optional<List<OpenRow>> withoutExpiry(Run run) {
        return rows.withoutExpiry(run);
    }

    void expire(OpenRow entry, Instant at) {
        rows.expire(entry, at);
        if (rows.expiresAt(entry).isPresent()) {
            invariants.expires(entry);
        }
    }

    void release(Run run) {
        rows.release(run);
        OpenRow key = InMemoryFollowUpRepository.key(run);
        if (rows.expiresAt(key).isPresent()) {
            table.rows
                    .entries(run.runId())
                    .forEach(entry -> invariants.expiresBeforeItsRun(
                            rows.expiresAt(InMemoryFollowUpRepository.key(entry)), rows.expiresAt(key), entry));
        }
        afterNotified(key);
    }

    private void afterNotified(OpenRow key) {
        if (!leftAt.containsKey(key) && rows.read(key) instanceof Row.Closed) {
            invariants.left(key);
            leftAt.put(key, world.instant());
            indexes.left(key);
        }
    }

    List<PastBackup> undeleted(ServerName server, LongSupplier lag) {
        return indexes.undeleted(server, lag);
    }

    boolean intendDeletion(PastBackup backup, Instant at, String rules) {
        boolean intended = rows.intendDeletion(backup, at, rules);
        if (intended) {
            indexes.follow(backup.intended(backup.deletionId()), true);
        }
        return intended;
    }

    void deletionAccepted(PastBackup backup, String deletionId) {
        rows.deletionAccepted(backup, deletionId);
        if (rows.deletedAt(backup.backupId()).isEmpty()) {
            indexes.follow(backup.intended(Optional.of(deletionId)), true);
        }
    }

    void deleted(PastBackup backup, Instant at) {
        rows.deleted(backup, at);
        if (rows.deletedAt(backup.backupId()).isPresent()) {
            deletions.recorded(backup.backupId());
            indexes.follow(backup.intended(backup.deletionId()), false);
        }
    }

    void notDeleted(PastBackup backup, BackupError why) {
        rows.notDeleted(backup, why);
    }
}
