package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.simulation.SmallWorker.Option;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A worker's way to the table in the small model: any one answer may be lost. */
final class SmallAuditRepository implements AuditRepository {
    private static final String AGAIN = "to be sent again";

    private final SmallWorld world;
    private final SmallWorker worker;

    SmallAuditRepository(SmallWorld world, SmallWorker worker) {
        this.world = world;
        this.worker = worker;
    }

    @Override
    public Optional<Run> run(RunId runId) {
        Optional<Run> read = read("read run", () -> world.table.run(runId));
        read.ifPresent(run -> worker.hasRead(run.status()));
        return read;
    }

    @Override
    public List<Entry> entries(RunId runId) {
        return read("read entries", () -> world.table.entries(runId));
    }

    @Override
    public Optional<Entry> entry(RunId runId, ServerName server) {
        return read("read entry", () -> world.table.entry(runId, server));
    }

    @Override
    public CreateRunResult open(Run run) {
        CreateRunResult opening = write("open run", () -> world.table.open(run));
        worker.hasRead(
                switch (opening) {
                    case CreateRunResult.Opened opened -> opened.run().status();
                    case CreateRunResult.AlreadyOpen earlier -> earlier.run().status();
                });
        return opening;
    }

    @Override
    public Entry create(Entry pending) {
        return write("create entry", () -> world.table.create(pending));
    }

    @Override
    public Replacement replace(Entry seen, Entry next) {
        Replacement replacement = write("write " + Words.entry(next), () -> world.table.replace(seen, next));
        worker.hasWritten(seen, next, replacement);
        return replacement;
    }

    @Override
    public void finish(Run run) {
        RunStatus settled = write("finish run", () -> {
            world.table.finish(run);
            return run.status();
        });
        worker.hasRead(settled);
    }

    @SuppressWarnings("unchecked") // what comes out of a step is what its supplier put in
    private <T> T read(String what, Supplier<T> access) {
        return (T) worker.step(Option.of(what, access), lost(what + ", without an answer", this::unavailable));
    }

    @SuppressWarnings("unchecked") // as above
    private <T> T write(String what, Supplier<T> access) {
        Object answer = worker.step(
                Option.of(what, access),
                lost(what + ", never arrives", this::unavailable),
                lost(what + ", answer lost", () -> {
                    discard(access.get());
                    return unavailable();
                }),
                lost(what + ", answer lost, will be sent again", () -> {
                    discard(access.get());
                    return AGAIN;
                }));
        return (T) (answer.equals(AGAIN) ? worker.step(Option.of(what + ", sent again", access)) : answer);
    }

    /** Nobody learns of it. */
    private void discard(Object answer) {
        world.tell("", () -> "unanswered: " + Words.of(answer));
    }

    private Option lost(String label, Supplier<?> effect) {
        return new Option(label, world::mayLose, () -> {
            world.lose();
            return effect.get();
        });
    }

    private Object unavailable() {
        throw new AuditUnavailableException("no answer", null);
    }
}
