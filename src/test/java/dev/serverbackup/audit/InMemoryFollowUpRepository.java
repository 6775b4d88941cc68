package dev.serverbackup.audit;

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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An audit in memory over all its runs: the contract, and nothing else. What it adds to the rows can be seen. */
public final class InMemoryFollowUpRepository implements FollowUpRepository {
    private static final String RUN = "run";
    private static final String SERVER = "server#";

    private final InMemoryAuditRepository audit;
    private final Duration kept;
    private final Map<OpenRow, String> unreadable = new LinkedHashMap<>();
    private final Map<String, Deleting> deleting = new HashMap<>();

    /** How far the deletion of a backup has come. */
    private static final class Deleting {
        Optional<Instant> intendedAt = Optional.empty();
        Optional<String> notKeptBy = Optional.empty();
        Optional<String> acceptedAs = Optional.empty();
        Optional<Instant> deletedAt = Optional.empty();
        Optional<BackupError> error = Optional.empty();
    }

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
        audit.allRuns().forEach(run -> open.put(key(run), run.requestedAt()));
        audit.allEntries().forEach(entry -> open.put(key(entry), entry.nextActionAt()));
        open.replaceAll((row, at) -> audit.leaving(row).postponed.orElse(at));
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
        ifStanding(entry, at, row -> row.left = true);
    }

    @Override
    public synchronized void markNotifiedRetentionDue(Entry entry, Instant at, Instant due) {
        ifStanding(entry, at, row -> row.postponed = Optional.of(due));
    }

    private void ifStanding(Entry entry, Instant at, Consumer<InMemoryAuditRepository.Leaving> change) {
        InMemoryAuditRepository.Leaving row = audit.leaving(key(entry));
        boolean stands = audit.entry(entry.runId(), entry.serverName())
                .filter(standing -> standing.status() == entry.status())
                .isPresent();
        if (stands && !row.left) {
            row.notifiedAt = row.notifiedAt.or(() -> Optional.of(at));
            change.accept(row);
        }
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

    private Deleting deleting(String backupId) {
        return deleting.computeIfAbsent(backupId, _ -> new Deleting());
    }

    public synchronized Optional<Instant> deletingAt(String backupId) {
        return deleting(backupId).intendedAt;
    }

    public synchronized Optional<String> notKeptBy(String backupId) {
        return deleting(backupId).notKeptBy;
    }

    public synchronized Optional<Instant> deletedAt(String backupId) {
        return deleting(backupId).deletedAt;
    }

    public synchronized Optional<BackupError> deleteError(String backupId) {
        return deleting(backupId).error;
    }

    @Override
    public synchronized List<PastBackup> undeleted(ServerName server) {
        return audit.entriesOf(server).stream()
                .filter(entry -> entry.status() == EntryStatus.SUCCEEDED)
                .map(PastBackup::of)
                .filter(past -> deletedAt(past.backupId()).isEmpty())
                .map(past -> deletingAt(past.backupId()).isPresent()
                        ? past.intended(deleting(past.backupId()).acceptedAs)
                        : past)
                .toList();
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        return Math.min(atMost, undeleted(server).size());
    }

    @Override
    public synchronized boolean intendDeletion(PastBackup backup, Instant at, String rules) {
        boolean stands = isUndeleted(backup);
        if (stands) {
            Deleting one = deleting(backup.backupId());
            one.intendedAt = one.intendedAt.or(() -> Optional.of(at));
            one.notKeptBy = Optional.of(rules);
        }
        return stands;
    }

    @Override
    public synchronized void deletionAccepted(PastBackup backup, String accepted) {
        ifIntended(backup, one -> one.acceptedAs = Optional.of(accepted));
    }

    @Override
    public synchronized void deleted(PastBackup backup, Instant at) {
        ifIntended(backup, one -> {
            one.deletedAt = Optional.of(at);
            one.error = Optional.empty();
        });
    }

    @Override
    public synchronized void notDeleted(PastBackup backup, BackupError why) {
        ifIntended(backup, one -> one.error = Optional.of(why));
    }

    private void ifIntended(PastBackup backup, Consumer<Deleting> change) {
        if (isUndeleted(backup) && deletingAt(backup.backupId()).isPresent()) {
            change.accept(deleting(backup.backupId()));
        }
    }

    private boolean isUndeleted(PastBackup backup) {
        return deletedAt(backup.backupId()).isEmpty()
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
