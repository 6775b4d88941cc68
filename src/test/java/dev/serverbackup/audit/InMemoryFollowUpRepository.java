package dev.serverbackup.audit;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An audit in memory over all its runs: the contract, and nothing else. What it adds to the rows can be seen. */
public final class InMemoryFollowUpRepository implements FollowUpRepository {
    private static final String RUN = "run";
    private static final String SERVER = "server#";

    private final InMemoryAuditRepository audit;
    private final Duration kept;
    private final Map<OpenRow, String> unreadable = new LinkedHashMap<>();
    private final Map<String, Instant> deletingAt = new HashMap<>();
    private final Map<String, String> notKeptBy = new HashMap<>();
    private final Map<String, Instant> deletedAt = new HashMap<>();
    private final Map<String, String> deletionId = new HashMap<>();
    private final Map<String, BackupError> deleteError = new HashMap<>();

    public InMemoryFollowUpRepository(InMemoryAuditRepository audit) {
        this(audit, Duration.ofDays(400));
    }

    /** @param kept how long rows are kept after their run's notification was sent */
    public InMemoryFollowUpRepository(InMemoryAuditRepository audit, Duration kept) {
        this.audit = audit;
        this.kept = kept;
    }

    /** A row that nobody can act on, always due. */
    public synchronized void addUnreadable(OpenRow row, String why) {
        unreadable.put(row, why);
    }

    /** When the notification of what has left was sent. */
    public synchronized Map<OpenRow, Instant> left() {
        return rows().filter(row -> audit.leaving(row).left)
                .collect(Collectors.toMap(
                        row -> row, row -> audit.leaving(row).notifiedAt.orElseThrow()));
    }

    /** When a row expires, if it has its expiry. */
    public synchronized Optional<Instant> expiresAt(OpenRow row) {
        return audit.leaving(row).expiresAt;
    }

    private Stream<OpenRow> rows() {
        return Stream.concat(
                audit.allRuns().stream().map(InMemoryFollowUpRepository::key),
                audit.allEntries().stream().map(InMemoryFollowUpRepository::key));
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
        audit.allRuns()
                .forEach(run ->
                        open.put(key(run), audit.leaving(key(run)).postponed.orElse(run.requestedAt())));
        audit.allEntries()
                .forEach(entry ->
                        open.put(key(entry), audit.leaving(key(entry)).postponed.orElse(entry.nextActionAt())));
        open.keySet().removeIf(row -> audit.leaving(row).left);
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
        return audit.allEntries().stream()
                .filter(entry -> entry.serverName().equals(server) && entry.status() == EntryStatus.STARTED)
                .filter(entry -> !entry.requestedAt().isBefore(oldest))
                .map(InMemoryFollowUpRepository::key)
                .toList();
    }

    @Override
    public synchronized Row read(OpenRow row) {
        if (unreadable.containsKey(row)) {
            return new Row.Unreadable(unreadable.get(row));
        }
        if (audit.leaving(row).left) {
            return new Row.Closed();
        }
        RunId runId = new RunId(row.runId());
        return row.entry().equals(RUN)
                ? audit.run(runId).map(this::ofRun).orElseGet(Row.Closed::new)
                : audit.entry(runId, new ServerName(row.entry().substring(SERVER.length())))
                        .map(entry -> ofEntry(row, entry))
                        .orElseGet(Row.Closed::new);
    }

    private Row ofEntry(OpenRow row, Entry entry) {
        return audit.leaving(row).notifiedAt.isPresent() ? new Row.OfNotifiedEntry(entry) : new Row.OfEntry(entry);
    }

    private Row ofRun(Run run) {
        return audit.leaving(key(run))
                .rowsExpireAt
                .<Row>map(at -> new Row.OfNotifiedRun(run, at))
                .orElseGet(() -> new Row.OfRun(run));
    }

    @Override
    public synchronized void postpone(Run run, Instant until) {
        audit.leaving(key(run)).postponed = Optional.of(until);
    }

    @Override
    public synchronized void markNotified(Entry entry, Instant at) {
        InMemoryAuditRepository.Leaving row = audit.leaving(key(entry));
        if (stands(entry) && !row.left) {
            row.notifiedAt = row.notifiedAt.or(() -> Optional.of(at));
            row.left = true;
        }
    }

    @Override
    public synchronized void markNotifiedToRetain(Entry entry, Instant at, Instant due) {
        InMemoryAuditRepository.Leaving row = audit.leaving(key(entry));
        if (stands(entry) && !row.left) {
            row.notifiedAt = row.notifiedAt.or(() -> Optional.of(at));
            row.postponed = Optional.of(due);
        }
    }

    private boolean stands(Entry entry) {
        return audit.entry(entry.runId(), entry.serverName())
                .filter(standing -> standing.status() == entry.status())
                .isPresent();
    }

    @Override
    public synchronized void markNotified(Run run, Instant at) {
        InMemoryAuditRepository.Leaving row = audit.leaving(key(run));
        boolean stands = audit.run(run.runId())
                .filter(standing -> standing.status() == run.status())
                .isPresent();
        if (stands && row.notifiedAt.isEmpty()) {
            row.notifiedAt = Optional.of(at);
            row.rowsExpireAt = Optional.of(at.plus(kept).truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Override
    public synchronized Optional<List<OpenRow>> withoutExpiry(Run run) {
        List<OpenRow> entries = audit.entries(run.runId()).stream()
                .map(InMemoryFollowUpRepository::key)
                .toList();
        return entries.stream().allMatch(row -> audit.leaving(row).left)
                ? Optional.of(entries.stream()
                        .filter(row -> audit.leaving(row).expiresAt.isEmpty())
                        .toList())
                : Optional.empty();
    }

    @Override
    public synchronized void expire(OpenRow entry, Instant at) {
        InMemoryAuditRepository.Leaving row = audit.leaving(entry);
        if (row.notifiedAt.isPresent()) {
            row.expiresAt = Optional.of(at);
        }
    }

    @Override
    public synchronized void release(Run run) {
        InMemoryAuditRepository.Leaving row = audit.leaving(key(run));
        if (row.rowsExpireAt.isPresent()) {
            row.expiresAt = row.rowsExpireAt;
            row.rowsExpireAt = Optional.empty();
            row.left = true;
        }
    }

    public synchronized Optional<Instant> deletingAt(String backupId) {
        return Optional.ofNullable(deletingAt.get(backupId));
    }

    public synchronized Optional<String> notKeptBy(String backupId) {
        return Optional.ofNullable(notKeptBy.get(backupId));
    }

    public synchronized Optional<Instant> deletedAt(String backupId) {
        return Optional.ofNullable(deletedAt.get(backupId));
    }

    public synchronized Optional<BackupError> deleteError(String backupId) {
        return Optional.ofNullable(deleteError.get(backupId));
    }

    @Override
    public synchronized List<PastBackup> undeleted(ServerName server) {
        return audit.entriesOf(server).stream()
                .filter(entry -> entry.status() == EntryStatus.SUCCEEDED)
                .map(entry -> past(entry, entry.backup().orElseThrow()))
                .filter(past -> !deletedAt.containsKey(past.backupId()))
                .toList();
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        return Math.min(atMost, undeleted(server).size());
    }

    private PastBackup past(Entry entry, Backup backup) {
        PastBackup past = PastBackup.of(entry);
        return deletingAt.containsKey(backup.id())
                ? past.intended(Optional.ofNullable(deletionId.get(backup.id())))
                : past;
    }

    @Override
    public synchronized boolean intendDeletion(PastBackup backup, Instant at, String rules) {
        boolean stands = isUndeleted(backup);
        if (stands) {
            deletingAt.putIfAbsent(backup.backupId(), at);
            notKeptBy.put(backup.backupId(), rules);
        }
        return stands;
    }

    @Override
    public synchronized void deletionAccepted(PastBackup backup, String accepted) {
        if (isUndeleted(backup) && deletingAt.containsKey(backup.backupId())) {
            deletionId.put(backup.backupId(), accepted);
        }
    }

    @Override
    public synchronized void deleted(PastBackup backup, Instant at) {
        if (isUndeleted(backup) && deletingAt.containsKey(backup.backupId())) {
            deletedAt.put(backup.backupId(), at);
            deleteError.remove(backup.backupId());
        }
    }

    @Override
    public synchronized void notDeleted(PastBackup backup, BackupError why) {
        if (isUndeleted(backup) && deletingAt.containsKey(backup.backupId())) {
            deleteError.put(backup.backupId(), why);
        }
    }

    private boolean isUndeleted(PastBackup backup) {
        return !deletedAt.containsKey(backup.backupId())
                && audit.entry(backup.runId(), backup.serverName())
                        .filter(entry -> entry.status() == EntryStatus.SUCCEEDED)
                        .flatMap(Entry::backup)
                        .filter(found -> found.id().equals(backup.backupId()))
                        .isPresent();
    }

    @Override
    public synchronized OpenEntries openEntries() {
        List<Entry> open = audit.allEntries().stream()
                .filter(entry -> !audit.leaving(key(entry)).left
                        && audit.leaving(key(entry)).notifiedAt.isEmpty())
                .toList();
        return new OpenEntries(
                open.size(), open.stream().map(Entry::requestedAt).min(Comparator.naturalOrder()));
    }

    @Override
    public synchronized Optional<Instant> withoutSuccessSince(ServerName server) {
        List<Entry> entries = audit.entriesOf(server);
        return entries.stream()
                .filter(entry -> entry.status() == EntryStatus.SUCCEEDED)
                .flatMap(entry -> entry.finishedAt().stream())
                .max(Comparator.naturalOrder())
                .or(() -> entries.stream().map(Entry::requestedAt).min(Comparator.naturalOrder()));
    }
}
