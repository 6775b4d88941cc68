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
 * Writes what a run begins and ends with: an entry for every target, however often a crash came in between, and its final
 * status. Safe for use by several threads.
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

    /** The entries that a run begins with, in the targets' order; nothing is written. */
    static List<Entry> pending(Run run, List<Target> targets, Map<ServerName, Server> resolved) {
        return targets.stream()
                .map(target -> Entry.pending(run.runId(), run.backend(), server(target, resolved), run.requestedAt()))
                .toList();
    }

    /**
     * Writes all, {@code PENDING}, for a run whose row is new: to look for entries first would be a call in vain. One
     * that another delivery has written meanwhile stands all the same.
     *
     * @param resolved as for {@link #complete}
     * @return one entry for each target, in the targets' order
     */
    List<Entry> writeAll(Run run, Map<ServerName, Server> resolved) {
        return write(run, run.targets(), resolved);
    }

    /**
     * Writes those that are missing, {@code PENDING}. Of a run that has its final status none is: all were there once,
     * and what is not there any more has expired.
     *
     * @param resolved what is known of the servers beside their names and ARNs: their tags, which are for the reader,
     *     and nothing is decided by them
     * @return one entry for each target, in the targets' order; of a run that has its final status, those that are there
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
     * Writes the run's final status and counts, once every target has a final entry. Repeating it is harmless: final
     * entries do not change.
     *
     * @param entries one for each target, read consistently, unless the run was closed before
     * @return the run as it now stands
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
