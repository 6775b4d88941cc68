package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The audit table in memory: both contracts, and nothing else. What it holds beside the rows can be seen. */
public class InMemoryTable implements Table {
    private static final String RUN = "run";
    private static final String SERVER = "server#";
    private static final Duration KEPT = Duration.ofDays(400);

    private final InstantSource clock;
    private final Map<RunId, Run> runs = new HashMap<>();
    private final Map<RunId, TreeMap<ServerName, Entry>> entries = new HashMap<>();
    /** What the open rows keep of each row; gone with the row. */
    private final Map<OpenRow, Leaving> leaving = new HashMap<>();

    private final Map<OpenRow, String> unreadable = new LinkedHashMap<>();
    /** By the backups' ids. */
    private final Map<String, Deletion> deletions = new HashMap<>();

    /** How far a row has left, and when it expires. */
    private static final class Leaving {
        private Optional<Instant> postponed = Optional.empty();
        private Optional<Instant> notifiedAt = Optional.empty();
        private Optional<Instant> rowsExpireAt = Optional.empty();
        private Optional<Instant> expiresAt = Optional.empty();
        private boolean left;
    }

    /** How far an intended deletion has come. */
    private static final class Deletion {
        private final Instant intendedAt;
        private Optional<String> id = Optional.empty();
        private Optional<Instant> recordedAt = Optional.empty();
        private Optional<BackupError> error = Optional.empty();

        private Deletion(Instant intendedAt) {
            this.intendedAt = intendedAt;
        }
    }

    /** In which nothing expires. */
    public InMemoryTable() {
        this(InstantSource.fixed(Instant.EPOCH));
    }

    public InMemoryTable(InstantSource clock) {
        this.clock = clock;
    }

    private Leaving leaving(OpenRow row) {
        return leaving.computeIfAbsent(row, _ -> new Leaving());
    }

    private boolean isExpired(OpenRow row) {
        return leaving(row).expiresAt.filter(at -> !at.isAfter(clock.instant())).isPresent();
    }

    /** The row is written anew: nothing of an expired one is left. */
    private void forgetExpired(OpenRow row) {
        if (isExpired(row)) {
            leaving.remove(row);
        }
    }

    @Override
    public synchronized Optional<Run> run(RunId runId) {
        return Optional.ofNullable(runs.get(runId)).filter(run -> !isExpired(key(run)));
    }

    @Override
    public synchronized CreateRunResult open(Run run) {
        Optional<Run> standing = run(run.runId());
        if (standing.isEmpty()) {
            forgetExpired(key(run));
            runs.put(run.runId(), run);
        }
        return standing.filter(other -> !other.equals(run))
                .<CreateRunResult>map(CreateRunResult.AlreadyOpen::new)
                .orElseGet(() -> new CreateRunResult.Opened(run));
    }

    @Override
    public synchronized Entry create(Entry pending) {
        Optional<Entry> standing = entry(pending.runId(), pending.serverName());
        if (standing.isEmpty()) {
            forgetExpired(key(pending));
            of(pending.runId()).put(pending.serverName(), pending);
        }
        return standing.orElse(pending);
    }

    @Override
    public synchronized List<Entry> entries(RunId runId) {
        return of(runId).values().stream()
                .filter(entry -> !isExpired(key(entry)))
                .toList();
    }

    @Override
    public synchronized Optional<Entry> entry(RunId runId, ServerName server) {
        return Optional.ofNullable(of(runId).get(server)).filter(entry -> !isExpired(key(entry)));
    }

    /** A refused condition answers with what stands; if that is what was to be written, it was written before. */
    @Override
    public synchronized Replacement replace(Entry seen, Entry next) {
        if (seen.status().isFinal()) {
            throw new IllegalArgumentException("the outcome of a final entry never changes: " + seen.status());
        }
        Entry standing = entry(next.runId(), next.serverName())
                .orElseThrow(() -> new AuditUnavailableException(
                        "server#%s of run %s is not in the audit table any more"
                                .formatted(next.serverName(), next.runId()),
                        null));
        if (standing.status() == seen.status() && standing.attemptId().equals(seen.attemptId())) {
            of(next.runId()).put(next.serverName(), next);
            return new Replacement.Replaced(next);
        }
        return standing.equals(next) ? new Replacement.Replaced(next) : new Replacement.Conflict(standing);
    }

    /** Writes without asking, as the contract forbids. */
    public synchronized void overwrite(Entry next) {
        of(next.runId()).put(next.serverName(), next);
    }

    @Override
    public synchronized void finish(Run run) {
        run(run.runId())
                .filter(standing -> standing.status() == RunStatus.RUNNING)
                .ifPresent(standing -> runs.put(run.runId(), standing.standing(run.status(), run.counts())));
    }

    /** Over all runs. */
    public synchronized List<Entry> entriesOf(ServerName server) {
        return allEntries().stream()
                .filter(entry -> entry.serverName().equals(server))
                .toList();
    }

    private List<Run> allRuns() {
        return runs.keySet().stream().flatMap(runId -> run(runId).stream()).toList();
    }

    public synchronized List<Entry> allEntries() {
        return entries.keySet().stream()
                .flatMap(runId -> entries(runId).stream())
                .toList();
    }

    private SortedMap<ServerName, Entry> of(RunId runId) {
        return entries.computeIfAbsent(runId, _ -> new TreeMap<>());
    }

    /** A row that nobody can act on, always due. */
    public synchronized void addUnreadable(OpenRow row, String why) {
        unreadable.put(row, why);
    }

    /** When the notification of what has left was sent. */
    public synchronized Map<OpenRow, Instant> left() {
        return rows().filter(row -> leaving(row).left)
                .collect(Collectors.toMap(
                        row -> row, row -> leaving(row).notifiedAt.orElseThrow()));
    }

    /** When a row expires, if it has its expiry. */
    public synchronized Optional<Instant> expiresAt(OpenRow row) {
        return leaving(row).expiresAt;
    }

    private Stream<OpenRow> rows() {
        return Stream.concat(
                allRuns().stream().map(InMemoryTable::key),
                allEntries().stream().map(InMemoryTable::key));
    }

    public static OpenRow key(Entry entry) {
        return new OpenRow(entry.runId().value(), SERVER + entry.serverName());
    }

    public static OpenRow key(Run run) {
        return new OpenRow(run.runId().value(), RUN);
    }

    @Override
    public synchronized List<DueRow> due(Instant now) {
        Map<OpenRow, Instant> open = new LinkedHashMap<>();
        unreadable.keySet().forEach(row -> open.put(row, Instant.MIN));
        allRuns().forEach(run -> open.put(key(run), leaving(key(run)).postponed.orElse(run.requestedAt())));
        allEntries()
                .forEach(entry ->
                        open.put(key(entry), leaving(key(entry)).postponed.orElse(entry.nextActionAt())));
        open.keySet().removeIf(row -> leaving(row).left);
        open.values().removeIf(at -> at.isAfter(now));
        return open.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .map(this::shown)
                .toList();
    }

    /** As an index shows it that is up to date. */
    public synchronized DueRow shown(OpenRow row) {
        return switch (read(row)) {
            case Row.OfEntry(var entry) -> new DueRow(row, Optional.of(entry.status()), entry.requestedAt());
            case Row.OfNotifiedEntry(var entry) -> new DueRow(row, Optional.of(entry.status()), entry.requestedAt());
            case Row.OfRun(var run) -> new DueRow(row, Optional.empty(), run.requestedAt());
            case Row.OfNotifiedRun notified ->
                new DueRow(row, Optional.empty(), notified.run().requestedAt());
            case Row.Closed _, Row.Unreadable _ -> new DueRow(row, Optional.empty(), Instant.EPOCH);
        };
    }

    @Override
    public synchronized List<OpenRow> startedOn(ServerName server, Instant oldest) {
        return allEntries().stream()
                .filter(entry -> entry.serverName().equals(server) && entry.status() == EntryStatus.STARTED)
                .filter(entry -> !entry.requestedAt().isBefore(oldest))
                .map(InMemoryTable::key)
                .toList();
    }

    @Override
    public synchronized Row read(OpenRow row) {
        if (unreadable.containsKey(row)) {
            return new Row.Unreadable(unreadable.get(row));
        }
        if (leaving(row).left) {
            return new Row.Closed();
        }
        RunId runId = new RunId(row.runId());
        return row.entry().equals(RUN)
                ? run(runId).map(this::ofRun).orElseGet(Row.Closed::new)
                : entry(runId, new ServerName(row.entry().substring(SERVER.length())))
                        .map(entry -> ofEntry(row, entry))
                        .orElseGet(Row.Closed::new);
    }

    private Row ofEntry(OpenRow row, Entry entry) {
        return leaving(row).notifiedAt.isPresent() ? new Row.OfNotifiedEntry(entry) : new Row.OfEntry(entry);
    }

    private Row ofRun(Run run) {
        return leaving(key(run))
                .rowsExpireAt
                .<Row>map(at -> new Row.OfNotifiedRun(run, at))
                .orElseGet(() -> new Row.OfRun(run));
    }

    @Override
    public synchronized void postpone(Run run, Instant until) {
        leaving(key(run)).postponed = Optional.of(until);
    }

    @Override
    public synchronized void markNotified(Entry entry, Instant at) {
        Leaving row = leaving(key(entry));
        if (stands(entry) && !row.left) {
            row.notifiedAt = row.notifiedAt.or(() -> Optional.of(at));
            row.left = true;
        }
    }

    @Override
    public synchronized void markNotifiedToRetain(Entry entry, Instant at, Instant due) {
        Leaving row = leaving(key(entry));
        if (stands(entry) && !row.left) {
            row.notifiedAt = row.notifiedAt.or(() -> Optional.of(at));
            row.postponed = Optional.of(due);
        }
    }

    private boolean stands(Entry entry) {
        return entry(entry.runId(), entry.serverName())
                .filter(standing -> standing.status() == entry.status())
                .isPresent();
    }

    @Override
    public synchronized void markNotified(Run run, Instant at) {
        Leaving row = leaving(key(run));
        boolean stands = run(run.runId())
                .filter(standing -> standing.status() == run.status())
                .isPresent();
        if (stands && row.notifiedAt.isEmpty()) {
            row.notifiedAt = Optional.of(at);
            row.rowsExpireAt = Optional.of(at.plus(KEPT).truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Override
    public synchronized Optional<List<OpenRow>> withoutExpiry(Run run) {
        List<OpenRow> entries =
                entries(run.runId()).stream().map(InMemoryTable::key).toList();
        return entries.stream().allMatch(row -> leaving(row).left)
                ? Optional.of(entries.stream()
                        .filter(row -> leaving(row).expiresAt.isEmpty())
                        .toList())
                : Optional.empty();
    }

    @Override
    public synchronized void expire(OpenRow entry, Instant at) {
        Leaving row = leaving(entry);
        if (row.notifiedAt.isPresent()) {
            row.expiresAt = Optional.of(at);
        }
    }

    @Override
    public synchronized void release(Run run) {
        Leaving row = leaving(key(run));
        if (row.rowsExpireAt.isPresent()) {
            row.expiresAt = row.rowsExpireAt;
            row.rowsExpireAt = Optional.empty();
            row.left = true;
        }
    }

    public synchronized Optional<Instant> deletingAt(String backupId) {
        return deletion(backupId).map(deletion -> deletion.intendedAt);
    }

    public synchronized Optional<Instant> deletedAt(String backupId) {
        return deletion(backupId).flatMap(deletion -> deletion.recordedAt);
    }

    public synchronized Optional<BackupError> deleteError(String backupId) {
        return deletion(backupId).flatMap(deletion -> deletion.error);
    }

    private Optional<Deletion> deletion(String backupId) {
        return Optional.ofNullable(deletions.get(backupId));
    }

    @Override
    public synchronized List<PastBackup> undeleted(ServerName server) {
        return entriesOf(server).stream()
                .filter(entry -> entry.status() == EntryStatus.SUCCEEDED)
                .map(PastBackup::of)
                .filter(past -> deletedAt(past.backupId()).isEmpty())
                .map(past -> deletion(past.backupId())
                        .map(deletion -> past.intended(deletion.id))
                        .orElse(past))
                .toList();
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        return Math.min(atMost, undeleted(server).size());
    }

    @Override
    public synchronized boolean intendDeletion(PastBackup backup, Instant at) {
        boolean stands = isUndeleted(backup);
        if (stands) {
            deletions.computeIfAbsent(backup.backupId(), _ -> new Deletion(at));
        }
        return stands;
    }

    @Override
    public synchronized void deletionAccepted(PastBackup backup, String accepted) {
        unrecorded(backup).ifPresent(deletion -> deletion.id = Optional.of(accepted));
    }

    @Override
    public synchronized void deleted(PastBackup backup, Instant at) {
        unrecorded(backup).ifPresent(deletion -> {
            deletion.recordedAt = Optional.of(at);
            deletion.error = Optional.empty();
        });
    }

    @Override
    public synchronized void notDeleted(PastBackup backup, BackupError why) {
        unrecorded(backup).ifPresent(deletion -> deletion.error = Optional.of(why));
    }

    /** What is intended, and not recorded yet. */
    private Optional<Deletion> unrecorded(PastBackup backup) {
        return isUndeleted(backup) ? deletion(backup.backupId()) : Optional.empty();
    }

    private boolean isUndeleted(PastBackup backup) {
        return deletedAt(backup.backupId()).isEmpty()
                && entry(backup.runId(), backup.serverName())
                        .filter(entry -> entry.status() == EntryStatus.SUCCEEDED)
                        .flatMap(Entry::backup)
                        .filter(found -> found.id().equals(backup.backupId()))
                        .isPresent();
    }

    @Override
    public synchronized OpenEntries openEntries() {
        List<Entry> open = allEntries().stream()
                .filter(entry -> !leaving(key(entry)).left
                        && leaving(key(entry)).notifiedAt.isEmpty())
                .toList();
        return new OpenEntries(
                open.size(), open.stream().map(Entry::requestedAt).min(Comparator.naturalOrder()));
    }

    @Override
    public synchronized Optional<Instant> withoutSuccessSince(ServerName server) {
        List<Entry> entries = entriesOf(server);
        return entries.stream()
                .filter(entry -> entry.status() == EntryStatus.SUCCEEDED)
                .flatMap(entry -> entry.finishedAt().stream())
                .max(Comparator.naturalOrder())
                .or(() -> entries.stream().map(Entry::requestedAt).min(Comparator.naturalOrder()));
    }
}
