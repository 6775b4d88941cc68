package dev.serverbackup.audit;

import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The audit without a table: the contract, and nothing else. */
public final class InMemoryAuditRepository implements AuditRepository {
    private final InstantSource clock;
    private final Map<RunId, Run> runs = new HashMap<>();
    private final Map<RunId, TreeMap<ServerName, Entry>> entries = new HashMap<>();
    /** What the open rows keep of each row; gone with the row. */
    private final Map<OpenRow, Leaving> leaving = new HashMap<>();

    /** How far a row has left, and when it expires. */
    static final class Leaving {
        Optional<Instant> postponed = Optional.empty();
        Optional<Instant> notifiedAt = Optional.empty();
        Optional<Instant> rowsExpireAt = Optional.empty();
        Optional<Instant> expiresAt = Optional.empty();
        boolean left;
    }

    /** In which nothing expires. */
    public InMemoryAuditRepository() {
        this(InstantSource.fixed(Instant.EPOCH));
    }

    public InMemoryAuditRepository(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Leaving leaving(OpenRow row) {
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
        return Optional.ofNullable(runs.get(runId)).filter(run -> !isExpired(InMemoryFollowUpRepository.key(run)));
    }

    @Override
    public synchronized CreateRunResult open(Run run) {
        Optional<Run> standing = run(run.runId());
        if (standing.isEmpty()) {
            forgetExpired(InMemoryFollowUpRepository.key(run));
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
            forgetExpired(InMemoryFollowUpRepository.key(pending));
            of(pending.runId()).put(pending.serverName(), pending);
        }
        return standing.orElse(pending);
    }

    @Override
    public synchronized List<Entry> entries(RunId runId) {
        return of(runId).values().stream()
                .filter(entry -> !isExpired(InMemoryFollowUpRepository.key(entry)))
                .toList();
    }

    @Override
    public synchronized Optional<Entry> entry(RunId runId, ServerName server) {
        return Optional.ofNullable(of(runId).get(server))
                .filter(entry -> !isExpired(InMemoryFollowUpRepository.key(entry)));
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

    synchronized List<Run> allRuns() {
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
}
