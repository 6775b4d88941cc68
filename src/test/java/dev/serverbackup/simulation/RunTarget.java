package dev.serverbackup.simulation;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;

/** One target of one run: of these, no two backups may be asked for. */
record RunTarget(RunId runId, ServerName server) {
    static RunTarget of(Entry entry) {
        return new RunTarget(entry.runId(), entry.serverName());
    }
}
