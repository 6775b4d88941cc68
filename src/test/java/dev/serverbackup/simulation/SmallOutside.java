package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditRepository.CreateRunResult;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import dev.serverbackup.simulation.SmallWorker.Option;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A worker's ways to the table and to the service in the small model: any one answer, or request, may be lost. */
final class SmallOutside implements AuditRepository, BackupService {
    private static final String AGAIN = "to be sent again";
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "no answer in time");

    private final SmallWorld world;
    private final SmallWorker worker;

    SmallOutside(SmallWorld world, SmallWorker worker) {
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
        Replacement replacement = write("write " + Trace.words(next), () -> world.table.replace(seen, next));
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
        world.tell("", () -> "unanswered: " + Trace.words(answer));
    }

    /** What became of the transmission, before anything comes back. */
    private record Waiting(SmallWorld.Request request, boolean answered) {
        @Override
        public String toString() {
            return "sent at " + request.key() + (answered ? "" : ", no answer will come");
        }
    }

    @Override
    public BackupResult createBackup(Server called, String description, Instant sendBefore) {
        ServerName server = called.name();
        Object sent = worker.step(
                Option.of("call", () -> send(server, description, sendBefore, true, true)),
                lostBefore(sendBefore, "call, answer lost", () -> send(server, description, sendBefore, true, false)),
                lostBefore(
                        sendBefore, "call, request lost", () -> send(server, description, sendBefore, false, false)));
        return sent instanceof Waiting waiting ? await(waiting) : (BackupResult) sent;
    }

    private Object send(ServerName server, String description, Instant sendBefore, boolean arrives, boolean answered) {
        if (!world.instant().isBefore(sendBefore)) {
            return new BackupResult.NotSent();
        }
        RunTarget target = new RunTarget(SmallWorld.RUN, server);
        world.invariants.sent(target, worker.lastAttempt(), world.table, false);
        SmallWorld.Request request = new SmallWorld.Request(world.millis(), description);
        if (!arrives) {
            world.invariants.ended(target);
        } else if (worker.isQuiet()) {
            request.takeEffect(world, false, true);
        } else {
            world.send(request);
        }
        return new Waiting(request, answered);
    }

    private BackupResult await(Waiting waiting) {
        return (BackupResult) worker.step(
                new Option(
                        "answer",
                        () -> waiting.answered() && waiting.request().result().isPresent(),
                        () -> waiting.request().result().orElseThrow()),
                new Option("gives up", () -> !waiting.answered(), () -> new BackupResult.Doubtful(LOST)));
    }

    @Override
    public ListResult backupsOf(ServerName server, Instant since) {
        return (ListResult) worker.step(
                Option.of("look", () -> world.servers.shown(server)),
                lost("look, without an answer", () -> new ListResult.Unavailable(LOST)));
    }

    @Override
    public FindResult backup(String backupId) {
        return (FindResult) worker.step(Option.of("look up " + backupId, () -> world.servers.shown(backupId)));
    }

    private Option lost(String label, Supplier<?> effect) {
        return lostBefore(Instant.MAX, label, effect);
    }

    private Option lostBefore(Instant sendBefore, String label, Supplier<?> effect) {
        return new Option(label, () -> world.mayLose() && world.instant().isBefore(sendBefore), () -> {
            world.lose();
            return effect.get();
        });
    }

    private Object unavailable() {
        throw new AuditUnavailableException("no answer", null);
    }
}
