package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.simulation.Tally.Tried;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One worker's way to the table: a write may arrive twice, late, or without its answer. */
final class SimulatedAuditTrail implements AuditTrail {
    private final Table table;
    private final Worker worker;
    private final World world;

    SimulatedAuditTrail(Table table, Worker worker, World world) {
        this.table = table;
        this.worker = worker;
        this.world = world;
    }

    @Override
    public Optional<Run> run(RunId runId) {
        return read("read run " + runId, () -> table.run(runId));
    }

    @Override
    public List<Entry> entries(RunId runId) {
        return read("read entries of " + runId, () -> table.entries(runId));
    }

    @Override
    public Optional<Entry> entry(RunId runId, ServerName server) {
        return read("read entry " + server, () -> table.entry(runId, server));
    }

    @Override
    public Opening open(Run run) {
        return write("open " + Words.of(run), () -> table.open(run));
    }

    @Override
    public Entry create(Entry pending) {
        return write("create " + pending.serverName(), () -> table.create(pending));
    }

    @Override
    public Replacement replace(Entry seen, Entry next) {
        return write("write " + Words.entry(next) + " after " + seen.status(), () -> table.replace(seen, next));
    }

    @Override
    public void settle(Run run) {
        write("settle " + run.runId() + " " + run.status(), () -> {
            table.settle(run);
            return run.status();
        });
    }

    private <T> T read(String what, Supplier<T> access) {
        return worker.step(what, () -> {
            if (worker.faults().happens(worker.faults().mood().auditTrouble())) {
                throw unavailable();
            }
            return access.get();
        });
    }

    private <T> T write(String what, Supplier<T> access) {
        Faults.Write fate = worker.faults().write();
        String told = fate == Faults.Write.PLAIN ? what : what + " (" + fate + ")";
        return worker.step(told, () -> switch (fate) {
            case PLAIN -> access.get();
            case FIRST_COPY_ARRIVES_LATE -> {
                arriveLate(what, access);
                worker.pause(worker.faults().delay());
                yield access.get();
            }
            case ANSWER_LOST_AND_SENT_AGAIN -> {
                discard(access.get());
                worker.count(Tried.SECOND_COPY);
                worker.pause(worker.faults().delay());
                yield access.get();
            }
            case UNAVAILABLE -> throw unavailable();
            case UNAVAILABLE_BUT_WRITTEN -> {
                discard(access.get());
                throw unavailable();
            }
            case UNAVAILABLE_AND_WRITTEN_LATE -> {
                arriveLate(what, access);
                throw unavailable();
            }
        });
    }

    /** Nobody learns of it. */
    private void discard(Object answer) {
        worker.tell(() -> "lost: " + Words.of(answer));
    }

    private void arriveLate(String what, Supplier<?> access) {
        world.in(worker.faults().freeze(), () -> {
            worker.count(Tried.LATE_COPY);
            Object answer = access.get();
            world.tell("table", () -> "a late copy arrives: " + what + ": " + Words.of(answer));
        });
    }

    private AuditUnavailableException unavailable() {
        worker.count(Tried.AUDIT_UNAVAILABLE);
        return new AuditUnavailableException("no answer", null);
    }
}
