package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.request.RunId;
import java.util.ArrayList;
import java.util.List;

/**
 * One path through the small model: two deliveries of one event with one target, one crash and one loss; move after
 * move. With Run Command there is what becomes of commands, one refusal among it, instead of the crash and the loss.
 */
final class SmallGame {
    private static final int PATIENCE = 20;

    private final BrokenRule broken;
    private final List<Move> path;
    private final Trace trace;
    private final SmallWorld world;
    private final List<SmallWorker> workers = new ArrayList<>();
    private int position;
    private Violation violation;

    /** @param path what is to be played first */
    SmallGame(BrokenRule broken, List<Move> path, boolean traced, boolean runsCommands) {
        this.broken = broken;
        this.path = new ArrayList<>(path);
        this.trace = new Trace(traced);
        this.world = new SmallWorld(broken, trace, runsCommands);
    }

    /** Two deliveries, each before its first step; and what the path says follows. */
    void begin() {
        start("worker-1", false);
        start("worker-2", false);
        play();
    }

    private void start(String name, boolean quiet) {
        SmallWorker worker = new SmallWorker(name, this, world, quiet);
        workers.add(worker);
        worker.start(broken);
        rethrow();
    }

    /** Runs a worker's code; keeps what it must not throw. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (Crash | AuditUnavailableException ended) {
            world.tell("", () -> "a delivery ends: " + ended.getMessage());
        } catch (Violation broke) {
            violation = broke;
        } catch (RuntimeException | Error unexpected) {
            violation = new Violation("nothing unexpected is thrown: " + unexpected);
        }
    }

    /** Everything that can happen now; nothing when it is the end of the path. */
    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        // The two are alike: whichever begins is called the first.
        for (int actor = 0; actor < (position == 0 ? 1 : workers.size()); actor++) {
            for (int way = 0; way < workers.get(actor).enabled().size(); way++) {
                moves.add(new Move(actor, way));
            }
        }
        for (int way = 0; way < 2 * world.requestsUnderWay(); way++) {
            moves.add(new Move(Move.SERVICE, way));
        }
        for (int way = 0; way < world.waysOfCommands(); way++) {
            moves.add(new Move(Move.COMMAND, way));
        }
        if (!workers.stream().allMatch(SmallWorker::hasEnded) && world.timeMayPass()) {
            moves.add(new Move(Move.TIME, 0));
        }
        return moves;
    }

    void play(Move move) {
        path.add(move);
        play();
    }

    /** Does what the path says from where it stands to its end. */
    private void play() {
        while (position < path.size()) {
            Move move = path.get(position);
            if (move.isOfWorker()) {
                workers.get(move.actor()).resume();
                rethrow();
            } else {
                happens(move);
            }
        }
    }

    /**
     * Asked by a worker before its step: whether it is the next to move. What happens to the world before is done here
     * and now, so that the baton changes hands only where the worker does.
     */
    boolean isNext(SmallWorker worker) {
        while (position < path.size() && !path.get(position).isOfWorker()) {
            happens(path.get(position));
        }
        return position < path.size()
                && workers.indexOf(worker) == path.get(position).actor();
    }

    /** The way that the path says, for the worker that is next. */
    int nextWay() {
        return path.get(position++).way();
    }

    private void happens(Move move) {
        position++;
        if (move.actor() == Move.TIME) {
            world.passTime();
        } else if (move.actor() == Move.COMMAND) {
            world.goOn(move.way());
        } else {
            world.takeEffect(move.way() / 2, move.way() % 2 == 1);
        }
    }

    private void rethrow() {
        if (violation != null) {
            throw violation;
        }
    }

    /** Equal for states with equal futures. */
    List<Object> key() {
        List<Object> key = world.key();
        workers.forEach(worker -> key.add(worker.key()));
        return key;
    }

    /** All is quiet: late deliveries until nothing is due, then the last judgement. */
    void finish() {
        List<RunId> run = List.of(SmallWorld.RUN);
        for (int i = 0; i < PATIENCE && isOpen(); i++) {
            Due.next(world.table, run).ifPresent(world::passTimeUntil);
            start("late-" + i, true);
        }
        world.invariants.atTheEnd(world.table, run);
    }

    private boolean isOpen() {
        boolean started = world.runsCommands()
                && world.table
                        .entry(SmallWorld.RUN, Samples.ALPHA.name())
                        .filter(entry -> entry.status() == EntryStatus.STARTED)
                        .isPresent();
        return started || Due.isOpen(world.table, SmallWorld.RUN);
    }

    /** What happened, and how it ended. */
    String told(Violation how) {
        world.tell("", how::getMessage);
        return trace.toString();
    }

    void end() {
        for (SmallWorker worker : workers) {
            while (!worker.hasEnded()) {
                worker.kill();
            }
        }
    }
}
