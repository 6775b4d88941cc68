package dev.serverbackup.simulation;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import dev.serverbackup.simulation.SmallWorker.Option;
import java.time.Instant;

/** A worker's way to the service in the small model: any one answer, or request, may be lost. */
final class SmallBackupService implements BackupService {
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "no answer in time");

    private final SmallWorld world;
    private final SmallWorker worker;
    private final boolean quiet;

    SmallBackupService(SmallWorld world, SmallWorker worker) {
        this.world = world;
        this.worker = worker;
        this.quiet = worker.isQuiet();
    }

    /** What became of the transmission, before anything comes back. */
    private record Waiting(SmallRequest request, boolean answered) {
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
                lost("call, answer lost", sendBefore, () -> send(server, description, sendBefore, true, false)),
                lost("call, request lost", sendBefore, () -> send(server, description, sendBefore, false, false)));
        return sent instanceof Waiting waiting ? await(waiting) : (BackupResult) sent;
    }

    private Option lost(String label, Instant sendBefore, java.util.function.Supplier<?> effect) {
        return new Option(label, () -> world.mayLose() && world.instant().isBefore(sendBefore), () -> {
            world.lose();
            return effect.get();
        });
    }

    private Object send(ServerName server, String description, Instant sendBefore, boolean arrives, boolean answered) {
        if (!world.instant().isBefore(sendBefore)) {
            return new BackupResult.NotSent();
        }
        RunTarget target = new RunTarget(SmallWorld.RUN, server);
        world.invariants.sent(target, worker.lastAttempt(), world.table, false);
        SmallRequest request = new SmallRequest(world.millis(), description);
        if (!arrives) {
            world.invariants.ended(target);
        } else if (quiet) {
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
                new Option("look, without an answer", world::mayLose, () -> {
                    world.lose();
                    return new ListResult.Unavailable(LOST);
                }));
    }

    @Override
    public FindResult backup(String backupId) {
        return (FindResult) worker.step(Option.of("look up " + backupId, () -> world.servers.shown(backupId)));
    }
}
