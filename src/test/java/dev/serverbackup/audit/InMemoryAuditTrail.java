package dev.serverbackup.audit;

import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The audit without a table: the contract, and nothing else. */
public final class InMemoryAuditTrail implements AuditTrail {
    private final Map<RunId, Run> runs = new HashMap<>();
    private final Map<RunId, TreeMap<ServerName, Entry>> entries = new HashMap<>();

    @Override
    public synchronized Optional<Run> run(RunId runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    @Override
    public synchronized Opening open(Run run) {
        Run standing = runs.putIfAbsent(run.runId(), run);
        return standing == null || standing.equals(run) ? new Opening.Opened(run) : new Opening.AlreadyOpen(standing);
    }

    @Override
    public synchronized Entry create(Entry pending) {
        Entry standing = of(pending.runId()).putIfAbsent(pending.serverName(), pending);
        return standing == null ? pending : standing;
    }

    @Override
    public synchronized List<Entry> entries(RunId runId) {
        return List.copyOf(of(runId).values());
    }

    @Override
    public synchronized Optional<Entry> entry(RunId runId, ServerName server) {
        return Optional.ofNullable(of(runId).get(server));
    }

    /** A refused condition answers with what stands; if that is what was to be written, it was written before. */
    @Override
    public synchronized Replacement replace(Entry seen, Entry next) {
        if (seen.status().isFinal()) {
            throw new IllegalArgumentException("the outcome of a final entry never changes: " + seen.status());
        }
        Entry standing = entry(next.runId(), next.serverName())
                .orElseThrow(() -> new AuditUnavailableException(
                        "server#%s of run %s is not in the audit any more".formatted(next.serverName(), next.runId()),
                        null));
        if (standing.status() == seen.status() && standing.attemptId().equals(seen.attemptId())) {
            of(next.runId()).put(next.serverName(), next);
            return new Replacement.Replaced(next);
        }
        return standing.equals(next) ? new Replacement.Replaced(next) : new Replacement.Overtaken(standing);
    }

    /** Writes without asking, as the contract forbids. */
    public synchronized void overwrite(Entry next) {
        of(next.runId()).put(next.serverName(), next);
    }

    @Override
    public synchronized void settle(Run run) {
        runs.computeIfPresent(
                run.runId(),
                (_, standing) -> standing.status() == RunStatus.RUNNING
                        ? standing.standing(run.status(), run.counts())
                        : standing);
    }

    /** Over all runs. */
    public synchronized List<Entry> entriesOf(ServerName server) {
        return entries.values().stream()
                .flatMap(run -> run.values().stream())
                .filter(entry -> entry.serverName().equals(server))
                .toList();
    }

    synchronized List<Run> allRuns() {
        return List.copyOf(runs.values());
    }

    public synchronized List<Entry> allEntries() {
        return entries.values().stream().flatMap(run -> run.values().stream()).toList();
    }

    private SortedMap<ServerName, Entry> of(RunId runId) {
        return entries.computeIfAbsent(runId, _ -> new TreeMap<>());
    }
}
