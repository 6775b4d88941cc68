package dev.serverbackup.simulation;

import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.InMemoryOpenRows;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The open rows of the table itself: what a write does at the moment when it arrives. Every leaving is judged. */
final class OpenTable {
    private final Indexes indexes;
    private final NoticeInvariants invariants;
    private final World world;
    private final Table table;
    private final InMemoryOpenRows rows;
    private final Map<OpenRow, Instant> leftAt = new HashMap<>();

    OpenTable(Table table, Indexes indexes, NoticeInvariants invariants, World world) {
        this.indexes = indexes;
        this.invariants = invariants;
        this.world = world;
        this.table = table;
        this.rows = new InMemoryOpenRows(table.rows);
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
        OpenRow key = InMemoryOpenRows.key(run);
        if (!leftAt.containsKey(key)) {
            indexes.due(key, until);
        }
    }

    void noticed(Entry entry, Instant at) {
        rows.noticed(entry, at);
        afterNoticed(InMemoryOpenRows.key(entry));
    }

    void noticedToRetain(Entry entry, Instant at, Instant due) {
        rows.noticedToRetain(entry, at, due);
        OpenRow key = InMemoryOpenRows.key(entry);
        if (rows.read(key) instanceof Row.OfNoticedEntry) {
            indexes.due(key, due);
        }
    }

    void noticed(Run run, Instant at) {
        rows.noticed(run, at);
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
        OpenRow key = InMemoryOpenRows.key(run);
        if (rows.expiresAt(key).isPresent()) {
            table.rows
                    .entries(run.runId())
                    .forEach(entry -> invariants.expiresBeforeItsRun(
                            rows.expiresAt(InMemoryOpenRows.key(entry)), rows.expiresAt(key), entry));
        }
        afterNoticed(key);
    }

    private void afterNoticed(OpenRow key) {
        if (!leftAt.containsKey(key) && rows.read(key) instanceof Row.Closed) {
            invariants.left(key);
            leftAt.put(key, world.instant());
            indexes.left(key);
        }
    }
}
