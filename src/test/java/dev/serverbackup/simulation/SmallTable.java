package dev.serverbackup.simulation;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.ForwardingTable;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.audit.TableAccess.Call;
import dev.serverbackup.request.RunId;
import java.util.Optional;

/** The table as a worker of the small model reaches it; it tells the worker what its future depends on. */
final class SmallTable extends ForwardingTable {
    private final SmallAccess access;
    private final SmallWorker worker;

    SmallTable(SmallWorld world, SmallWorker worker) {
        this(world, worker, new SmallAccess(world, worker));
    }

    private SmallTable(SmallWorld world, SmallWorker worker, SmallAccess access) {
        super(world.table, access);
        this.access = access;
        this.worker = worker;
    }

    @Override
    public Optional<Run> run(RunId runId) {
        Optional<Run> read = super.run(runId);
        read.ifPresent(run -> worker.hasRead(run.status()));
        return read;
    }

    @Override
    public CreateRunResult open(Run run) {
        CreateRunResult opening = super.open(run);
        worker.hasRead(opening.run().status());
        return opening;
    }

    @Override
    public Replacement replace(Entry seen, Entry next) {
        Replacement replacement = super.replace(seen, next);
        worker.hasWritten(seen, next, replacement);
        return replacement;
    }

    @Override
    public void finish(Run run) {
        RunStatus settled = access.write(Call.of("finish run"), () -> {
            real.finish(run);
            return run.status();
        });
        worker.hasRead(settled);
    }
}
