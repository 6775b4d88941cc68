package dev.serverbackup.run;

import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.Target;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.request.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sees to it that every target of a run has its entry, however often a crash came in between. */
final class EntryWriter {
    private final AuditTrail audit;
    private final Workers workers;

    EntryWriter(AuditTrail audit, Workers workers) {
        this.audit = audit;
        this.workers = workers;
    }

    /**
     * Writes those that are missing, {@code PENDING}.
     *
     * @param resolved what is known of the servers beside their names and ARNs: their tags, which are for the reader, and
     *     nothing is decided by them
     * @return one entry for each target, in the targets' order
     */
    List<Entry> complete(Run run, Map<ServerName, Server> resolved) {
        Map<ServerName, Entry> written =
                audit.entries(run.runId()).stream().collect(Collectors.toMap(Entry::serverName, Function.identity()));
        List<Entry> missing = new ArrayList<>();
        for (Target target : run.targets()) {
            if (!written.containsKey(target.name())) {
                missing.add(Entry.pending(run.runId(), server(target, resolved), run.requestedAt()));
            }
        }
        workers.each(missing, audit::create).forEach(entry -> written.put(entry.serverName(), entry));
        return run.targets().stream().map(target -> written.get(target.name())).toList();
    }

    private static Server server(Target target, Map<ServerName, Server> resolved) {
        Server known = resolved.get(target.name());
        return known != null && known.arn().equals(target.arn())
                ? known
                : new Server(target.name(), target.arn(), Map.of());
    }
}
