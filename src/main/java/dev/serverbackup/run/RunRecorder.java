package dev.serverbackup.run;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.audit.Target;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a run's entries, one for every target even after crashes, and its final status. Safe for use by several
 * threads.
 */
public final class RunRecorder {
    private final AuditRepository audit;
    private final ParallelExecutor workers;
    private final Metrics metrics;

    public RunRecorder(AuditRepository audit, ParallelExecutor workers, Metrics metrics) {
        this.audit = audit;
        this.workers = workers;
        this.metrics = metrics;
    }

    /** The first entries of a run, in the targets' order; nothing is written. */
    static List<Entry> pending(Run run, List<Target> targets, Map<ServerName, Server> resolved) {
        return targets.stream()
                .map(target -> Entry.pending(run.runId(), run.backend(), server(target, resolved), run.requestedAt()))
                .toList();
    }

    /**
     * Writes all entries as {@code PENDING}, without reading them first, for a run whose row is new. An entry that
     * another delivery has written meanwhile is unchanged.
     *
     * @param resolved as for {@link #complete}
     * @return one entry for each target, in the targets' order
     */
    List<Entry> writeAll(Run run, Map<ServerName, Server> resolved) {
        return write(run, run.targets(), resolved);
    }

    /**
     * Writes missing entries as {@code PENDING}. A run with its final status has no missing ones: all existed once, and
     * an absent one has expired.
     *
     * @param resolved the servers with their tags, if they are known; the tags are written for readers of the audit,
     *     and nothing is decided by them
     * @return one entry for each target, in the targets' order; for a run with its final status, those that still exist
     */
    public List<Entry> complete(Run run, Map<ServerName, Server> resolved) {
        if (run.status() != RunStatus.RUNNING) {
            return audit.entries(run.runId());
        }
        Map<ServerName, Entry> written =
                audit.entries(run.runId()).stream().collect(Collectors.toMap(Entry::serverName, Function.identity()));
        List<Target> missing = run.targets().stream()
                .filter(target -> !written.containsKey(target.name()))
                .toList();
        write(run, missing, resolved).forEach(entry -> written.put(entry.serverName(), entry));
        return run.targets().stream().map(target -> written.get(target.name())).toList();
    }

    /**
     * Writes the run's final status and counts, once every target has a final entry. Idempotent, since final entries do
     * not change.
     *
     * @param entries one for each target, read strongly consistently, unless the run was closed before
     * @return the run with its current status
     */
    public Run close(Run run, List<Entry> entries) {
        if (run.status() != RunStatus.RUNNING) {
            return run;
        }
        RunStatus status = RunStatus.of(entries.stream().map(Entry::status).toList());
        Run standing = run.standing(status, RunReport.count(entries));
        if (status != RunStatus.RUNNING) {
            audit.finish(standing);
        }
        return standing;
    }

    private List<Entry> write(Run run, List<Target> targets, Map<ServerName, Server> resolved) {
        List<Entry> entries = pending(run, targets, resolved);
        if (!entries.isEmpty()) {
            metrics.targets(entries.size());
        }
        List<List<Entry>> parts = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += AuditRepository.MOST_CREATED_AT_ONCE) {
            parts.add(entries.subList(from, Math.min(from + AuditRepository.MOST_CREATED_AT_ONCE, entries.size())));
        }
        return workers.each(parts, audit::createAll).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static Server server(Target target, Map<ServerName, Server> resolved) {
        Server known = resolved.get(target.name());
        return known != null && known.arn().equals(target.arn())
                ? known
                : new Server(target.name(), target.arn(), Map.of());
    }
}
