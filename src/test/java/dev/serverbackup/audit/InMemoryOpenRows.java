package dev.serverbackup.audit;

import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is open of an audit in memory. */
public final class InMemoryOpenRows implements OpenRows {
    private static final String RUN = "run";
    private static final String SERVER = "server#";

    private final InMemoryAuditTrail audit;
    private final Map<OpenRow, Instant> noticed = new HashMap<>();
    private final Map<OpenRow, Instant> postponed = new HashMap<>();
    private final Map<OpenRow, String> unreadable = new LinkedHashMap<>();

    public InMemoryOpenRows(InMemoryAuditTrail audit) {
        this.audit = audit;
    }

    /** A row that nobody can act on, always due. */
    public synchronized void addUnreadable(OpenRow row, String why) {
        unreadable.put(row, why);
    }

    /** When the notice of what has left was sent. */
    public synchronized Map<OpenRow, Instant> left() {
        return Map.copyOf(noticed);
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
        audit.allRuns().forEach(run -> open.put(key(run), postponed.getOrDefault(key(run), run.requestedAt())));
        audit.allEntries().forEach(entry -> open.put(key(entry), entry.nextActionAt()));
        open.keySet().removeAll(noticed.keySet());
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
            case Row.OfRun(var run) -> new DueRow(row, Optional.empty(), run.requestedAt());
            case Row.Closed _, Row.Unreadable _ -> new DueRow(row, Optional.empty(), Instant.EPOCH);
        };
    }

    @Override
    public synchronized List<OpenRow> startedOn(ServerName server, Instant oldest) {
        return audit.allEntries().stream()
                .filter(entry -> entry.serverName().equals(server) && entry.status() == EntryStatus.STARTED)
                .filter(entry -> !entry.requestedAt().isBefore(oldest))
                .map(InMemoryOpenRows::key)
                .toList();
    }

    @Override
    public synchronized Row read(OpenRow row) {
        if (unreadable.containsKey(row)) {
            return new Row.Unreadable(unreadable.get(row));
        }
        if (noticed.containsKey(row)) {
            return new Row.Closed();
        }
        RunId runId = new RunId(row.runId());
        return row.entry().equals(RUN)
                ? audit.run(runId).<Row>map(Row.OfRun::new).orElseGet(Row.Closed::new)
                : audit.entry(runId, new ServerName(row.entry().substring(SERVER.length())))
                        .<Row>map(Row.OfEntry::new)
                        .orElseGet(Row.Closed::new);
    }

    @Override
    public synchronized void postpone(Run run, Instant until) {
        postponed.put(key(run), until);
    }

    @Override
    public synchronized void noticed(Entry entry, Instant at) {
        if (audit.entry(entry.runId(), entry.serverName())
                .filter(standing -> standing.status() == entry.status())
                .isPresent()) {
            noticed.putIfAbsent(key(entry), at);
        }
    }

    @Override
    public synchronized void noticed(Run run, Instant at) {
        if (audit.run(run.runId())
                .filter(standing -> standing.status() == run.status())
                .isPresent()) {
            noticed.putIfAbsent(key(run), at);
        }
    }
}
