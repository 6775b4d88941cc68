package dev.serverbackup.simulation;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.OpenRows;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** The open rows as one worker reaches them, in short pages of an index that is behind. */
final class SimulatedOpenRows implements OpenRows {
    private static final int PAGE = 3;

    private final OpenTable table;
    private final TableAccess access;

    SimulatedOpenRows(OpenTable table, TableAccess access) {
        this.table = table;
        this.access = access;
    }

    @Override
    public void due(Instant now, Predicate<List<OpenRow>> page) {
        List<OpenRow> due = access.read("what is due", () -> table.due(now, access::lag));
        for (int from = 0; from < due.size(); from += PAGE) {
            if (!page.test(due.subList(from, Math.min(from + PAGE, due.size())))) {
                return;
            }
        }
    }

    @Override
    public List<OpenRow> startedOn(ServerName server, Instant oldest) {
        return access.read("what was started on " + server, () -> table.of(server, access::lag));
    }

    @Override
    public Row read(OpenRow row) {
        return access.read("read " + row.runId() + " " + row.entry(), () -> table.read(row));
    }

    @Override
    public void postpone(Run run, Instant until) {
        access.write("postpone " + run.runId(), () -> table.postpone(run, until));
    }

    @Override
    public void noticed(Entry entry, Instant at) {
        access.write("let go " + entry.runId() + " " + entry.serverName(), () -> table.noticed(entry, at));
    }

    @Override
    public void noticed(Run run, Instant at) {
        access.write("let go " + run.runId(), () -> table.noticed(run, at));
    }
}
