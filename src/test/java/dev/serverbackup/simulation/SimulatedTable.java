package dev.serverbackup.simulation;

import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.ForwardingTable;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.TableAccess.Call;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table as one worker reaches it, by indexes that are behind. */
final class SimulatedTable extends ForwardingTable {
    private final JudgedFollowUpTable table;
    private final WorkerAccess access;

    SimulatedTable(JudgedFollowUpTable table, WorkerAccess access) {
        super(table, access);
        this.table = table;
        this.access = access;
    }

    @Override
    public List<DueRow> due(Instant now) {
        return access.read(Call.of("what is due"), () -> table.due(now, access::lag));
    }

    @Override
    public List<OpenRow> startedOn(ServerName server, Instant oldest) {
        return access.read(Call.of("what was started on", server), () -> table.of(server, access::lag));
    }

    @Override
    public List<PastBackup> undeleted(ServerName server) {
        return access.read(Call.of("history of", server), () -> table.undeleted(server, access::lag));
    }

    @Override
    public int countUndeleted(ServerName server, int atMost) {
        return Math.min(atMost, undeleted(server).size());
    }

    /** Figures are judged elsewhere; here only the calls count. */
    @Override
    public OpenEntries openEntries() {
        return access.read(Call.of("how much is open"), () -> new OpenEntries(0, Optional.empty()));
    }

    @Override
    public Optional<Instant> withoutSuccessSince(ServerName server) {
        return access.read(Call.of("last success of", server), Optional::empty);
    }
}
